import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import ConfirmPage from "./ConfirmPage.svelte";
import ForgotPage from "./ForgotPage.svelte";
import NewPasswordPage from "./NewPasswordPage.svelte";
import SignInPage from "./SignInPage.svelte";

const AUTH = "/_allauth/browser/v1/auth";
const KEY = "1-d0abc-4f2a";

type Answer = { status: number; body?: object } | null;

/** What the server answers, by method and path; null is no network. A promise is waited for. */
let answers: Record<string, Answer | Promise<Answer>>;
let asked: { to: string; body: unknown; key: string | null }[];

async function server(path: string, init: RequestInit = {}): Promise<Response> {
  const to = `${init.method ?? "GET"} ${path.replace(AUTH, "")}`;
  const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
  const headers = new Headers(init.headers);
  const key = headers.get("X-Password-Reset-Key") ?? headers.get("X-Email-Verification-Key");
  asked.push({ to, body, key });
  const answer = await answers[to];
  if (!answer) throw new TypeError("no network");
  return Response.json(answer.body ?? {}, { status: answer.status });
}

function refused(code: string, param: string): Answer {
  return { status: 400, body: { status: 400, errors: [{ code, param }] } };
}

/** An answer that comes when the test says so. */
function held(): { answer: Promise<Answer>; comes: (answer: Answer) => void } {
  let comes: (answer: Answer) => void = () => {};
  const answer = new Promise<Answer>((resolve) => {
    comes = resolve;
  });
  return { answer, comes };
}

const button = (name: string) => screen.getByRole("button", { name }) as HTMLButtonElement;

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("fetch", server);
  asked = [];
  answers = {};
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the door", () => {
  it.each([true, false])("offers a new password where letters reach people: %s", async (mail) => {
    vi.spyOn(api, "GET").mockResolvedValue({ data: { mail }, response: new Response() } as never);
    render(SignInPage);
    await vi.waitFor(() => expect(api.GET).toHaveBeenCalledWith("/api/door"));
    await new Promise((later) => setTimeout(later));
    const link = screen.queryByRole("link", { name: "Forgot your password?" });
    expect(link?.getAttribute("href") ?? null).toBe(mail ? "/reset-password" : null);
  });
});

describe("asking for a letter", () => {
  async function ask(address: string): Promise<void> {
    render(ForgotPage);
    await userEvent.type(screen.getByLabelText("Email"), `${address}{Enter}`);
  }

  it("says where it went, by the keyboard alone, and can send another", async () => {
    answers["POST /password/request"] = { status: 200 };
    await ask("mei@example.org");
    expect((await screen.findByRole("status")).textContent).toContain("to mei@example.org");
    expect(asked).toEqual([
      { to: "POST /password/request", body: { email: "mei@example.org" }, key: null },
    ]);
    const another = button("Send another");
    expect(document.activeElement).toBe(another);
    await userEvent.keyboard("{Enter}");
    expect((screen.getByLabelText("Email") as HTMLInputElement).value).toBe("mei@example.org");
  });

  it("waits for the answer, and sends once", async () => {
    const { answer, comes } = held();
    answers["POST /password/request"] = answer;
    await ask("mei@example.org");
    expect(button("One moment").disabled).toBe(true);
    await userEvent.click(button("One moment"));
    comes({ status: 200 });
    await screen.findByRole("status");
    expect(asked).toHaveLength(1);
  });

  it.each<[string, Answer, string]>([
    ["too often", { status: 429 }, "That was quick. Wait a moment and try again."],
    ["with no network", null, "No connection. Try again when you are back."],
    ["of a server that sends none", { status: 404 }, "This server sends no mail."],
    ["while the mail server is away", { status: 503 }, "The server is busy."],
    ["with no address", refused("invalid", "email"), "This does not look right."],
  ])("%s says why it was not sent, at the field", async (_, answer, words) => {
    answers["POST /password/request"] = answer;
    await ask("mei@example.org");
    expect((await screen.findByRole("alert")).textContent).toContain(words);
    expect(screen.getByLabelText("Email").getAttribute("aria-invalid")).toBe("true");
    expect(button("Send the letter").disabled).toBe(false);
  });
});

describe("a link for a new password", () => {
  const CHECK = "GET /password/reset";
  const KEEP = "POST /password/reset";

  async function open(): Promise<void> {
    render(NewPasswordPage, { key: KEY });
    await screen.findByLabelText("New password");
  }

  it("opens a form, and what is kept there is the password", async () => {
    answers[CHECK] = { status: 200 };
    answers[KEEP] = { status: 401 };
    await open();
    expect(asked[0]?.key).toBe(KEY);
    await userEvent.type(screen.getByLabelText("New password"), "a-Lantern-9{Enter}");
    expect((await screen.findByRole("status")).textContent).toContain("your password now");
    expect(asked[1]?.body).toEqual({ key: KEY, password: "a-Lantern-9" });
    const on = screen.getByRole("link", { name: "Come in" });
    expect(on.getAttribute("href")).toBe("/sign-in");
    expect(document.activeElement).toBe(on);
  });

  it("shows that it waits before it is known to be good", async () => {
    const { answer, comes } = held();
    answers[CHECK] = answer;
    render(NewPasswordPage, { key: KEY });
    expect(document.querySelector("[aria-busy=true]")).not.toBeNull();
    expect(screen.queryByLabelText("New password")).toBeNull();
    comes({ status: 200 });
    await screen.findByLabelText("New password");
  });

  it("that is used or too old says so and leads to a new one", async () => {
    answers[CHECK] = refused("invalid_password_reset", "key");
    render(NewPasswordPage, { key: KEY });
    expect((await screen.findByRole("alert")).textContent).toContain("used before");
    expect(screen.queryByLabelText("New password")).toBeNull();
    const another = screen.getByRole("link", { name: "Get a new link" });
    expect(another.getAttribute("href")).toBe("/reset-password");
  });

  it("that ran out while one thought of a password says so as well", async () => {
    answers[CHECK] = { status: 200 };
    answers[KEEP] = refused("invalid_password_reset", "key");
    await open();
    await userEvent.type(screen.getByLabelText("New password"), "a-Lantern-9{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("used before");
  });

  it("keeps the form when the password is too weak", async () => {
    answers[CHECK] = { status: 200 };
    answers[KEEP] = refused("password_too_short", "password");
    await open();
    await userEvent.type(screen.getByLabelText("New password"), "abc{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("At least eight characters.");
    expect(screen.getByLabelText("New password").getAttribute("aria-invalid")).toBe("true");
  });

  it("that cannot be looked at for want of a network is not called old", async () => {
    answers[CHECK] = null;
    render(NewPasswordPage, { key: KEY });
    expect((await screen.findByRole("alert")).textContent).toContain("No connection");
    answers[CHECK] = { status: 200 };
    await userEvent.click(button("Try again"));
    await screen.findByLabelText("New password");
  });
});

describe("a link that confirms an address", () => {
  const CHECK = "GET /email/verify";
  const CONFIRM = "POST /email/verify";
  const hers = { status: 200, body: { data: { email: "mei@example.org" } } };

  it("confirms at the press of a button and not before", async () => {
    answers[CHECK] = hers;
    answers[CONFIRM] = { status: 401 };
    render(ConfirmPage, { key: "Mw:1abc:x" });
    await screen.findByText("mei@example.org was given as your address.");
    expect(asked.map(({ to }) => to)).toEqual([CHECK]);
    await userEvent.click(button("Yes, it is mine"));
    expect((await screen.findByRole("status")).textContent).toBe("mei@example.org is confirmed.");
    expect(asked[1]).toMatchObject({ to: CONFIRM, body: { key: "Mw:1abc:x" } });
  });

  it("that was used says so, in Chinese too", async () => {
    await i18n.use("zh");
    answers[CHECK] = refused("invalid_or_expired_key", "key");
    render(ConfirmPage, { key: "Mw:1abc:x" });
    expect((await screen.findByRole("alert")).textContent).toContain("已经用过");
    expect(screen.queryByRole("button", { name: "是我的" })).toBeNull();
  });

  it("that could not be confirmed now can be tried again", async () => {
    answers[CHECK] = hers;
    answers[CONFIRM] = { status: 502 };
    render(ConfirmPage, { key: "Mw:1abc:x" });
    await userEvent.click(await screen.findByRole("button", { name: "Yes, it is mine" }));
    expect((await screen.findByRole("alert")).textContent).toContain("That did not work.");
    answers[CONFIRM] = { status: 200 };
    await userEvent.click(button("Yes, it is mine"));
    await screen.findByRole("status");
  });
});
