import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { FakeSocket } from "../socket/fake";
import { live } from "../socket/live.svelte";
import { problem } from "./problems";
import { session } from "./session.svelte";

const me = {
  person: { id: 7, username: "wen", name: "Wen Li", face: null },
  bio: "",
  language: "en",
  show_presence: true,
  head: 3,
};

/** What the server answers next, by method and path; null is no network. */
let answers: Record<string, { status: number; body?: object } | null>;
let asked: { to: string; body: unknown; csrf: string | null }[];

/** What happens before the server's answer arrives. */
let meanwhile: () => void;

async function server(path: string, init: RequestInit = {}): Promise<Response> {
  const to = `${init.method ?? "GET"} ${path}`;
  const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
  asked.push({ to, body, csrf: new Headers(init.headers).get("X-CSRFToken") });
  const answer = answers[to];
  if (to === OUT) {
    meanwhile();
    await new Promise((done) => setTimeout(done));
  }
  if (!answer) throw new TypeError("no network");
  return Response.json(answer.body ?? {}, { status: answer.status });
}

const LOGIN = "POST /_allauth/browser/v1/auth/login";
const SIGNUP = "POST /_allauth/browser/v1/auth/signup";
const OUT = "DELETE /_allauth/browser/v1/auth/session";

function refused(...errors: { code: string; param?: string }[]) {
  return { status: 400, body: { status: 400, errors } };
}

beforeEach(() => {
  vi.stubGlobal("fetch", server);
  vi.stubGlobal("WebSocket", FakeSocket);
  // biome-ignore lint/suspicious/noDocumentCookie: that is where Django puts its token.
  document.cookie = "csrftoken=token-1";
  asked = [];
  meanwhile = () => {};
  answers = {};
  vi.spyOn(api, "GET").mockResolvedValue({ data: me, response: new Response() } as never);
  sessionStorage.clear();
  session.phase = "out";
  session.me = null;
});

afterEach(() => {
  live.stop();
  vi.unstubAllGlobals();
});

describe("coming in", () => {
  it("by username or by email, with the token, and then it is known who one is", async () => {
    answers[LOGIN] = { status: 200 };
    expect(await session.signIn("wen", "teahouse-9")).toEqual({});
    expect(asked[0]).toEqual({
      to: LOGIN,
      body: { username: "wen", password: "teahouse-9" },
      csrf: "token-1",
    });
    expect(session.phase).toBe("in");
    expect(session.id).toBe(7);
    await session.signIn("wen@example.com", "teahouse-9");
    expect(asked[1]?.body).toEqual({ email: "wen@example.com", password: "teahouse-9" });
  });

  it("what is wrong stands at its field, the first thing of several", async () => {
    answers[SIGNUP] = refused(
      { code: "invalid", param: "username" },
      { code: "password_too_short", param: "password" },
      { code: "password_too_common", param: "password" },
    );
    const fields = { username: "Bad Name", name: "", email: " ", password: "aaa" };
    expect(await session.signUp(fields)).toEqual({
      username: "invalid",
      password: "password_too_short",
    });
    expect(asked[0]?.body).not.toHaveProperty("email");
    expect(session.phase).toBe("out");
  });

  it("too many tries, no network and a broken server each have their words", async () => {
    answers[LOGIN] = { status: 429 };
    expect(await session.signIn("wen", "x")).toEqual({ "": "too_fast" });
    answers[LOGIN] = null;
    expect(await session.signIn("wen", "x")).toEqual({ "": "offline" });
    answers[LOGIN] = { status: 502 };
    expect(await session.signIn("wen", "x")).toEqual({ "": "failed" });
  });
});

describe("the language", () => {
  it("asked for at the door goes before the profile's, and is kept", async () => {
    await i18n.use("en");
    const kept = vi.spyOn(api, "PATCH").mockImplementation((async (_: string, init: unknown) => ({
      data: { ...me, ...(init as { body: object }).body },
      response: new Response(),
    })) as never);
    answers[LOGIN] = { status: 200 };
    await session.speak("zh");
    await session.signIn("wen", "teahouse-9");
    expect(kept).toHaveBeenCalledWith("/api/me", { body: { language: "zh" } });
    await vi.waitFor(() => expect(session.me?.language).toBe("zh"));
    expect(i18n.language).toBe("zh");
    kept.mockRestore();
  });

  it("of the profile holds where nothing was asked for", async () => {
    await i18n.use("zh");
    const kept = vi.spyOn(api, "PATCH");
    answers[LOGIN] = { status: 200 };
    await session.signIn("wen", "teahouse-9");
    await vi.waitFor(() => expect(i18n.language).toBe("en"));
    expect(kept).not.toHaveBeenCalled();
  });
});

describe("going out", () => {
  it("that the server did not do is said: one is still signed in", async () => {
    await session.load();
    for (const answer of [null, { status: 503 }, { status: 403 }]) {
      answers[OUT] = answer;
      await expect(session.signOut()).rejects.toBeInstanceOf(ApiError);
      expect(session.phase).toBe("in");
    }
  });

  it.each([
    ["by oneself", true, [""]],
    ["by somebody else", false, ["yes"]],
  ])("%s is told so, whichever of socket and answer comes first", async (_, self, told) => {
    await session.load();
    answers[OUT] = { status: 401 };
    answers["GET /api/me"] = { status: 401 };
    meanwhile = () => FakeSocket.last.ends(4401);
    const kept = vi.spyOn(Storage.prototype, "setItem");
    if (self) await session.signOut();
    else meanwhile();
    await vi.waitFor(() => expect(session.phase).toBe("out"));
    const forTheDoor = kept.mock.calls.filter(([key]) => key === "ended");
    expect(forTheDoor.map(([, value]) => value)).toEqual(told);
  });
});

describe("an end by others", () => {
  it("that is told twice leaves its words for the page it leads to", async () => {
    await session.load();
    answers["GET /api/me"] = { status: 401 };
    FakeSocket.last.ends(4401);
    await vi.waitFor(() => expect(session.phase).toBe("out"));
    const error = { code: "forbidden", message: "Not signed in.", retry: false };
    const late = async () => Response.json({ error }, { status: 401 });
    const asking = api.POST("/api/late" as never, { baseUrl: "http://here", fetch: late } as never);
    await expect(asking).rejects.toBeInstanceOf(ApiError);
    expect(sessionStorage.getItem("ended")).toBe("yes");
    expect(session.ended).toBe(true);
  });
});

describe("the words for a problem", () => {
  it("tell the rule for a username, whatever was wrong with it", async () => {
    await i18n.use("en");
    expect(problem("invalid", "username")).toBe("2 to 30 small letters, digits and _.");
    expect(problem("username_taken", "username")).toBe("This name is taken.");
    expect(problem("invalid")).toBe("This does not look right.");
  });

  it("are never a code", () => {
    expect(problem("something_new")).toBe("That did not work. Try again.");
    expect(problem(undefined)).toBeUndefined();
  });
});
