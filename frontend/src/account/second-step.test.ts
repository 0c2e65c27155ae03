import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { FakeSocket } from "../socket/fake";
import { live } from "../socket/live.svelte";
import { toasts } from "../ui/toasts.svelte";
import SecondStep from "./SecondStep.svelte";
import SignInPage from "./SignInPage.svelte";
import { session } from "./session.svelte";

const V1 = "/_allauth/browser/v1";
const APP = "/account/authenticators/totp";
const CODES = "/account/authenticators/recovery-codes";
const STATUS = "GET /account/authenticators";
const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const RECOVERY = Array.from({ length: 10 }, (_, n) => `1234567${n}`);

const me = {
  person: { id: 7, username: "wen", name: "Wen Li", face: null },
  bio: "",
  language: "en",
  show_presence: true,
  head: 3,
};

type Answer = { status: number; body?: object } | null;

/** What the server answers, by method and path: one after the other, the last for ever. */
let answers: Record<string, Answer[]>;
let asked: { to: string; body: unknown }[];

async function server(path: string, init: RequestInit = {}): Promise<Response> {
  const to = `${init.method ?? "GET"} ${path.replace(V1, "")}`;
  asked.push({ to, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
  const left = answers[to] ?? [];
  const answer = left.length > 1 ? left.shift() : left[0];
  if (!answer) throw new TypeError("no network");
  return Response.json(answer.body ?? {}, { status: answer.status });
}

const refused = (code: string, param?: string): Answer => ({
  status: 400,
  body: { status: 400, errors: [{ code, param }] },
});
const OFF: Answer = { status: 200, body: { data: [] } };
const ON: Answer = {
  status: 200,
  body: { data: [{ type: "totp" }, { type: "recovery_codes", unused_code_count: 9 }] },
};
const FIRST_PASSWORD: Answer = { status: 401, body: { meta: { is_authenticated: true } } };
const MADE: Answer = {
  status: 404,
  body: { meta: { secret: SECRET, totp_url: `otpauth://totp/wen?secret=${SECRET}` } },
};
const SHOWN: Answer = { status: 200, body: { data: { unused_codes: RECOVERY } } };
const HALF_WAY: Answer = {
  status: 401,
  body: { data: { flows: [{ id: "login" }, { id: "mfa_authenticate", is_pending: true }] } },
};

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const alarm = async () => (await screen.findByRole("alert")).textContent;
const times = (to: string) => asked.filter((one) => one.to === to).length;

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("fetch", server);
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(api, "GET").mockResolvedValue({ data: me, response: new Response() } as never);
  asked = [];
  answers = { "POST /auth/reauthenticate": [{ status: 200 }] };
  sessionStorage.clear();
  session.phase = "out";
  session.me = null;
  session.pending = null;
  toasts.all = [];
});

afterEach(() => {
  live.stop();
  vi.unstubAllGlobals();
});

describe("turning it on", () => {
  async function open() {
    const onturned = vi.fn();
    answers[STATUS] = [OFF, ON];
    render(SecondStep, { onturned });
    await userEvent.click(await screen.findByRole("button", { name: "Turn on the second step" }));
    return onturned;
  }

  it("takes the password, then a code, and shows the recovery codes", async () => {
    answers[`GET ${APP}`] = [FIRST_PASSWORD, MADE];
    answers[`POST ${APP}`] = [refused("incorrect_code", "code"), SHOWN];
    const onturned = await open();
    await userEvent.type(await screen.findByLabelText("Password"), "teahouse-9{Enter}");
    await screen.findByRole("img", { name: /QR code/ });
    expect(screen.getByText(/JBSW Y3DP EHPK/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("The code it shows now"), "111111{Enter}");
    expect(await alarm()).toContain("not right, or was used already");
    expect(onturned).not.toHaveBeenCalled();
    const field = screen.getByLabelText("The code it shows now");
    await userEvent.clear(field);
    await userEvent.type(field, "222222{Enter}");
    await screen.findByText("1234 5670");
    expect(screen.getAllByRole("listitem")).toHaveLength(10);
    expect(onturned).toHaveBeenCalledOnce();
    expect(asked.filter((one) => one.to === "POST /auth/reauthenticate")).toEqual([
      { to: "POST /auth/reauthenticate", body: { password: "teahouse-9" } },
    ]);
    await press("I have kept them");
    await screen.findByText("9 recovery codes are left.");
    expect(screen.queryByText("1234 5670")).toBeNull();
  });

  it("goes on where it was when the password is wanted again", async () => {
    answers[`GET ${APP}`] = [MADE];
    answers[`POST ${APP}`] = [FIRST_PASSWORD, SHOWN];
    answers["POST /auth/reauthenticate"] = [
      refused("incorrect_password", "password"),
      { status: 200 },
    ];
    await open();
    await userEvent.type(await screen.findByLabelText("The code it shows now"), "222222{Enter}");
    await userEvent.type(await screen.findByLabelText("Password"), "wrong{Enter}");
    expect(await alarm()).toContain("This is not your password.");
    await userEvent.type(screen.getByLabelText("Password"), "{Enter}");
    await screen.findByText("1234 5670");
    expect(asked.filter((one) => one.to === `POST ${APP}`).map((one) => one.body)).toEqual([
      { code: "222222" },
      { code: "222222" },
    ]);
  });

  it("with an address that nobody confirmed sends the letter instead", async () => {
    answers[`GET ${APP}`] = [{ status: 409, body: { errors: [{ code: "unverified_email" }] } }];
    answers["GET /account/email"] = [
      { status: 200, body: { data: [{ email: "wen@example.org", verified: false }] } },
    ];
    answers["PUT /account/email"] = [{ status: 200 }];
    await open();
    expect(await alarm()).toContain("Confirm your email address first");
    await press("Send the letter");
    await vi.waitFor(() => expect(toasts.all[0]?.text).toContain("wen@example.org"));
    expect(asked.at(-1)?.body).toEqual({ email: "wen@example.org" });
  });

  it("without a network can be tried again, and in another tab is said", async () => {
    answers[`GET ${APP}`] = [];
    await open();
    expect(await alarm()).toContain("No connection");
    answers[`GET ${APP}`] = [ON];
    await press("Try again");
    await vi.waitFor(async () => expect(await alarm()).toContain("changed it first"));
  });
});

describe("when it is on", () => {
  beforeEach(() => {
    answers[STATUS] = [ON];
  });

  it("new recovery codes can be made and are shown", async () => {
    answers[`POST ${CODES}`] = [SHOWN];
    const copied = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: copied } });
    const onturned = vi.fn();
    render(SecondStep, { onturned });
    await screen.findByText("9 recovery codes are left.");
    await press("New recovery codes");
    expect(times(`POST ${CODES}`)).toBe(0);
    await press("Make new ones");
    await screen.findByText("1234 5679");
    await press("Copy");
    expect(copied.mock.calls[0]?.[0].split("\n")).toHaveLength(10);
    expect(onturned).not.toHaveBeenCalled();
  });

  it("is turned off after a word of warning and the password", async () => {
    answers[`DELETE ${APP}`] = [FIRST_PASSWORD, { status: 200 }];
    answers[STATUS] = [ON, OFF];
    const onturned = vi.fn();
    render(SecondStep, { onturned });
    await userEvent.click(await screen.findByRole("button", { name: "Turn off the second step" }));
    await screen.findByText(/will let anybody in who knows it/);
    await userEvent.click(
      screen.getAllByRole("button", { name: "Turn off the second step" }).at(-1) as HTMLElement,
    );
    await userEvent.type(await screen.findByLabelText("Password"), "teahouse-9{Enter}");
    await screen.findByRole("button", { name: "Turn on the second step" });
    expect(times(`DELETE ${APP}`)).toBe(2);
    expect(onturned).toHaveBeenCalledOnce();
  });

  it("a server that cannot read its secrets is not said to have none", async () => {
    answers[STATUS] = [{ status: 503 }, ON];
    render(SecondStep, { onturned: vi.fn() });
    await press(((await screen.findByRole("button")) as HTMLElement).textContent ?? "");
    await screen.findByText("It is on");
  });
});

describe("at the door", () => {
  const CODE = "POST /auth/2fa/authenticate";

  async function giveThePassword(): Promise<void> {
    answers["POST /auth/login"] = [HALF_WAY];
    render(SignInPage);
    await userEvent.type(screen.getByLabelText("Username or email"), "wen");
    await userEvent.type(screen.getByLabelText("Password"), "teahouse-9{Enter}");
    await screen.findByLabelText("Code");
  }

  it("the password is followed by a code", async () => {
    await giveThePassword();
    expect(session.phase).toBe("out");
    expect(document.activeElement).toBe(screen.getByLabelText("Code"));
    answers[CODE] = [{ status: 200 }];
    await userEvent.type(screen.getByLabelText("Code"), "1234 5678{Enter}");
    await vi.waitFor(() => expect(session.phase).toBe("in"));
    expect(asked.find((one) => one.to === CODE)?.body).toEqual({ code: "1234 5678" });
    expect(session.pending).toBe(null);
  });

  it.each([
    ["incorrect_code", "not right, or was used already"],
    ["too_many_login_attempts", "Wait five minutes"],
  ])("%s is told plainly", async (code, words) => {
    await giveThePassword();
    answers[CODE] = [refused(code, "code")];
    await userEvent.type(screen.getByLabelText("Code"), "111111{Enter}");
    expect(await alarm()).toContain(words);
    expect(screen.getByLabelText("Code").getAttribute("aria-invalid")).toBe("true");
  });

  it("goes on after the page was loaded afresh", async () => {
    await giveThePassword();
    document.body.innerHTML = "";
    session.pending = null;
    answers["GET /auth/session"] = [HALF_WAY];
    render(SignInPage);
    await screen.findByLabelText("Code");
  });

  it("asks nobody who gave no password whether they did", async () => {
    render(SignInPage);
    await screen.findByLabelText("Password");
    expect(times("GET /auth/session")).toBe(0);
  });

  it("after too long begins anew, and says why", async () => {
    await giveThePassword();
    answers[CODE] = [{ status: 401, body: { data: { flows: [{ id: "login" }] } } }];
    await userEvent.type(screen.getByLabelText("Code"), "111111{Enter}");
    expect(await alarm()).toContain("Begin again.");
    expect((screen.getByLabelText("Password") as HTMLInputElement).value).toBe("");
    expect(sessionStorage.getItem("half-way")).toBeNull();
  });

  it("somebody else may come in", async () => {
    await giveThePassword();
    answers["DELETE /auth/session"] = [{ status: 401 }];
    await press("Begin again");
    await screen.findByLabelText("Password");
    expect(times("DELETE /auth/session")).toBe(1);
  });
});
