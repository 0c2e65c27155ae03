import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { FakeSocket } from "../socket/fake";
import { live } from "../socket/live.svelte";
import LeavingPart from "./LeavingPart.svelte";
import SignInPage from "./SignInPage.svelte";
import { session } from "./session.svelte";

const me = {
  person: { id: 7, username: "wen", name: "Wen Li", face: null },
  bio: "",
  language: "en",
  show_presence: true,
  head: 3,
};
const DUE = Date.UTC(2026, 11, 27, 12);
const LEAVE = "POST /account/leaving";
const UNDO = "POST /auth/leaving";
const WANTS_PASSWORD = { status: 401, body: { meta: { is_authenticated: true }, data: {} } };
const OFFERED = {
  status: 401,
  body: { data: { flows: [{ id: "login" }, { id: "leaving", is_pending: true }] } },
};

let answers: Record<string, { status: number; body?: object }[]>;
let asked: { to: string; body: unknown }[];
let holdings: object[];

async function server(path: string, init: RequestInit = {}): Promise<Response> {
  const to = `${init.method ?? "GET"} ${path.replace("/_allauth/browser/v1", "")}`;
  asked.push({ to, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
  const known = answers[to];
  const answer = known && known.length > 1 ? known.shift() : known?.[0];
  return Response.json(answer?.body ?? {}, { status: answer?.status ?? 404 });
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const times = (to: string) => asked.filter((one) => one.to === to).length;

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("fetch", server);
  vi.stubGlobal("WebSocket", FakeSocket);
  holdings = [];
  vi.spyOn(api, "GET").mockImplementation(((path: string) =>
    Promise.resolve({
      data: path === "/api/me/leaving" ? { holdings, days: 30 } : me,
      response: new Response(),
    })) as never);
  asked = [];
  answers = {
    "POST /auth/reauthenticate": [{ status: 200 }],
    "GET /account/authenticators": [{ status: 200, body: { data: [] } }],
    "GET /auth/leaving": [{ status: 200, body: { data: { due_at: DUE } } }],
  };
  sessionStorage.clear();
  session.phase = "out";
  session.me = null;
  session.pending = null;
  session.leftUntil = null;
});

afterEach(() => {
  live.stop();
  vi.unstubAllGlobals();
  document.body.innerHTML = "";
});

describe("on my page", () => {
  it("says what has to be handed over first, and offers nothing else", async () => {
    holdings = [
      { kind: "group", id: 4, title: "Dumplings", title_zh: null },
      { kind: "store", id: 9, title: "Lantern", title_zh: "灯" },
    ];
    render(LeavingPart);
    await press("Delete my account");
    const link = await screen.findByRole("link", { name: "Dumplings" });
    expect(link.getAttribute("href")).toBe("/chats/4");
    expect(screen.getByRole("link", { name: "Lantern" }).getAttribute("href")).toBe("/stores/9");
    await press("Stay");
    expect(times(LEAVE)).toBe(0);
  });

  it("takes the password, and the door says until when it can be undone", async () => {
    answers[LEAVE] = [WANTS_PASSWORD, { status: 200, body: { data: { due_at: DUE } } }];
    render(LeavingPart);
    await press("Delete my account");
    await screen.findByText(/For 30 days you can come in/);
    const dialog = screen.getByRole("dialog");
    await userEvent.click(
      [...dialog.querySelectorAll("button")].find((one) =>
        one.classList.contains("danger"),
      ) as Element,
    );
    await userEvent.type(await screen.findByLabelText("Password"), "teahouse-9{Enter}");
    await vi.waitFor(() => expect(times(LEAVE)).toBe(2));
    expect(sessionStorage.getItem("left-until") ?? session.leftUntil).toBeTruthy();
  });

  it("takes a code where the second step is on", async () => {
    answers["GET /account/authenticators"] = [{ status: 200, body: { data: [{ type: "totp" }] } }];
    answers[LEAVE] = [
      { status: 400, body: { errors: [{ code: "incorrect_code", param: "code" }] } },
    ];
    render(LeavingPart);
    await press("Delete my account");
    const code = await screen.findByLabelText(/The code of your authenticator app/);
    await userEvent.type(code, "123456{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("This code is not right");
    expect(asked.find((one) => one.to === LEAVE)?.body).toEqual({ code: "123456" });
  });
});

describe("at the door", () => {
  async function givePassword(): Promise<void> {
    answers["POST /auth/login"] = [OFFERED];
    render(SignInPage);
    await userEvent.type(screen.getByLabelText("Username or email"), "wen");
    await userEvent.type(screen.getByLabelText("Password"), "teahouse-9{Enter}");
    await screen.findByText(/On .*2026.* everything of yours will be deleted/);
  }

  it("whoever is leaving may undo it", async () => {
    await givePassword();
    expect(session.phase).toBe("out");
    answers[UNDO] = [{ status: 200 }];
    await press("Undo it and come in");
    await vi.waitFor(() => expect(session.phase).toBe("in"));
    expect(session.pending).toBe(null);
  });

  it("or leave it so", async () => {
    await givePassword();
    await press("Leave it so");
    await screen.findByLabelText("Password");
    expect(times(UNDO)).toBe(0);
  });

  it("when it is too late one begins anew", async () => {
    await givePassword();
    answers[UNDO] = [{ status: 401 }];
    await press("Undo it and come in");
    await screen.findByLabelText("Password");
    expect(session.phase).toBe("out");
  });
});
