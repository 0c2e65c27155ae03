import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { Me } from "../wire/api";
import AddressPart from "./AddressPart.svelte";
import { session } from "./session.svelte";

const LIST = "GET /account/email";
const CHANGE = "POST /account/email";
const AGAIN = "PUT /account/email";
const OLD = { email: "wen@example.com", verified: true, primary: true };
const COMING = { email: "wen@new.example", verified: false, primary: false };

let answers: Record<string, { status: number; body?: object }[]>;
let asked: { to: string; body: unknown }[];
let mail: boolean;

async function server(path: string, init: RequestInit = {}): Promise<Response> {
  const to = `${init.method ?? "GET"} ${path.replace("/_allauth/browser/v1", "")}`;
  asked.push({ to, body: typeof init.body === "string" ? JSON.parse(init.body) : undefined });
  const known = answers[to];
  const answer = known && known.length > 1 ? known.shift() : known?.[0];
  return Response.json(answer?.body ?? {}, { status: answer?.status ?? 404 });
}

const list = (...data: object[]) => ({ status: 200, body: { data } });
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const times = (to: string) => asked.filter((one) => one.to === to).length;

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("fetch", server);
  mail = true;
  vi.spyOn(api, "GET").mockImplementation((() =>
    Promise.resolve({ data: { mail }, response: new Response() })) as never);
  asked = [];
  answers = { "POST /auth/reauthenticate": [{ status: 200 }], [LIST]: [list(OLD)] };
  session.me = { person: { id: 7 } } as Me;
  toasts.all = [];
});

afterEach(() => {
  session.me = null;
  vi.unstubAllGlobals();
  document.body.innerHTML = "";
});

it("says whether the address is confirmed, and looks again when my profile changed", async () => {
  answers[LIST] = [list({ ...OLD, verified: false }), list(OLD)];
  render(AddressPart);
  await screen.findByText("Not confirmed yet");
  session.me = { person: { id: 7 } } as Me;
  await screen.findByText("Confirmed");
  expect(screen.queryByText(/you cannot make invitation links/)).toBeNull();
});

it("takes another address with the password, and says that its letter counts", async () => {
  answers[CHANGE] = [
    { status: 401, body: { meta: { is_authenticated: true } } },
    list(OLD, COMING),
  ];
  render(AddressPart);
  await screen.findByText("Confirmed");
  await press("Change the address");
  await userEvent.type(await screen.findByLabelText("New address"), "wen@new.example{Enter}");
  await userEvent.type(await screen.findByLabelText("Password"), "teahouse-9{Enter}");
  await screen.findByText("wen@new.example takes its place once the letter there was answered.");
  expect(times(CHANGE)).toBe(2);
  expect(screen.getByText("wen@example.com")).toBeTruthy();
});

it("sends the letter again, and says when that is too soon", async () => {
  answers[LIST] = [list(OLD, COMING)];
  answers[AGAIN] = [{ status: 403 }, { status: 200 }];
  render(AddressPart);
  await screen.findByRole("button", { name: "Send the letter again" });
  await press("Send the letter again");
  await vi.waitFor(() => expect(toasts.all).toHaveLength(1));
  await press("Send the letter again");
  await vi.waitFor(() => expect(toasts.all.at(-1)?.text).toContain("wen@new.example"));
  expect(asked.find((one) => one.to === AGAIN)?.body).toEqual({ email: "wen@new.example" });
});

it("offers nothing where no letters are sent", async () => {
  mail = false;
  render(AddressPart);
  await screen.findByText(/This server sends no mail/);
  expect(screen.queryByRole("button", { name: "Change the address" })).toBeNull();
});
