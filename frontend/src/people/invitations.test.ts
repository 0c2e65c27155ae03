import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { encode } from "uqr";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import SignInPage from "../account/SignInPage.svelte";
import SignUpPage from "../account/SignUpPage.svelte";
import { router } from "../app/router.svelte";
import { person } from "../feed/testworld";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import QrCode from "../ui/QrCode.svelte";
import type { InvitationView } from "../wire/api";
import Invite from "./Invite.svelte";
import InvitePage from "./InvitePage.svelte";
import { Invitations, invitations } from "./invitations.svelte";
import { ties } from "./ties.svelte";

const DAY = 86_400_000;
const refused = (status: number) =>
  new ApiError(status, {
    code: status === 404 ? "not_found" : "internal",
    message: "",
    retry: status > 499,
  });

function one(id: number, left = 3, expires_at = Date.now() + DAY): InvitationView {
  return { id, uses: 5, left, made_at: Date.now(), expires_at };
}

/** What the server answers next; an error is thrown. */
let answers: Record<string, unknown>;
let asked: { to: string; body: unknown }[];

function answering(method: string) {
  return vi.fn(async (path: string, options?: { body?: unknown }) => {
    asked.push({ to: `${method} ${path}`, body: options?.body });
    const answer = await answers[`${method} ${path}`];
    if (answer instanceof Error) throw answer;
    return { data: answer };
  });
}

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("scrollTo", () => {});
  asked = [];
  answers = { "GET /api/invitations": [] };
  for (const method of ["GET", "POST", "DELETE"] as const)
    vi.spyOn(api, method).mockImplementation(answering(method) as never);
  invitations.all = [];
  invitations.phase = "loading";
  ties.clear();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  router.go("/");
});

const button = (name: string | RegExp) => screen.getByRole("button", { name }) as HTMLButtonElement;

describe("making one", () => {
  it("shows the link as a code and as words, by the keyboard alone", async () => {
    answers["POST /api/invitations"] = { invitation: one(7, 5), token: "s3cret" };
    render(Invite, { open: true });
    await screen.findByText(/None. A link you make/);
    button("30 days").focus();
    await userEvent.keyboard("{Enter}");
    const many = screen.getByLabelText("For how many people");
    await userEvent.clear(many);
    await userEvent.type(many, "5{Enter}");
    const link = (await screen.findByLabelText("Link")) as HTMLInputElement;
    expect(link.value).toBe(`${location.origin}/invite/s3cret`);
    expect(asked.at(-1)).toEqual({ to: "POST /api/invitations", body: { days: 30, uses: 5 } });
    expect(screen.getByRole("img", { name: "QR code of the invitation" })).toBeTruthy();
    expect(screen.getByText("5 of 5 left")).toBeTruthy();
    expect(screen.queryByText(/None. A link/)).toBeNull();
  });

  it.each(["0", "101", "1.5", "", "ten"])("asks nothing for %j people", async (many) => {
    render(Invite, { open: true });
    const field = screen.getByLabelText("For how many people");
    await userEvent.clear(field);
    await userEvent.type(field, `${many}{Enter}`);
    expect(screen.getByRole("alert").textContent).toContain("from 1 to 100");
    expect(asked.some(({ to }) => to.startsWith("POST"))).toBe(false);
  });
});

describe("my open links", () => {
  it("say what is left, follow new friends, and end when withdrawn", async () => {
    answers["GET /api/invitations"] = [one(2), one(1, 1, Date.now() - 1)];
    render(Invite, { open: true });
    await screen.findByText("3 of 5 left");
    expect(screen.queryByText("1 of 5 left"), "it is over").toBeNull();
    answers["GET /api/invitations"] = [one(2, 2)];
    ties.answered({ person: person(4), tie: "friends", at: 1 }, 0);
    await screen.findByText("2 of 5 left");
    await userEvent.click(button(/^Withdraw/));
    await screen.findByText(/None. A link you make/);
    expect(asked.at(-1)?.to).toBe("DELETE /api/invitations/{invitation_id}");
  });

  it("one that was gone already is withdrawn; one that could not be is still there", async () => {
    const store = new Invitations();
    answers["GET /api/invitations"] = [one(1), one(2)];
    await store.load();
    answers["DELETE /api/invitations/{invitation_id}"] = refused(404);
    await store.withdraw(1);
    answers["DELETE /api/invitations/{invitation_id}"] = refused(500);
    await expect(store.withdraw(2)).rejects.toThrow();
    expect(store.all.map(({ id }) => id)).toEqual([2]);
  });

  it("an answer that was under way does not undo what was made meanwhile", async () => {
    const store = new Invitations();
    let comes: (all: InvitationView[]) => void = () => {};
    answers["GET /api/invitations"] = new Promise((resolve) => {
      comes = resolve;
    });
    const loading = store.load();
    answers["POST /api/invitations"] = { invitation: one(9), token: "t" };
    await store.make({ days: 1, uses: 5 });
    comes([]);
    await loading;
    expect(store.all.map(({ id }) => id)).toEqual([9]);
  });

  it("that could not be loaded can be asked for again", async () => {
    answers["GET /api/invitations"] = refused(500);
    render(Invite, { open: true });
    await screen.findByRole("alert");
    answers["GET /api/invitations"] = [one(2)];
    await userEvent.click(button("Try again"));
    await screen.findByText("3 of 5 left");
  });
});

describe("opening a link", () => {
  const invited = { person: person(3), tie: "none", at: 1 };

  it("shows who invites me, and one tap makes us friends", async () => {
    answers["POST /api/invite/open"] = invited;
    answers["POST /api/invite/accept"] = { ...invited, tie: "friends" };
    render(InvitePage, { token: "s3cret" });
    await screen.findByRole("heading", { name: `${invited.person.name} invites you` });
    await userEvent.click(button("Become friends"));
    await screen.findByRole("link", { name: "See their page" });
    expect(asked.map(({ body }) => body)).toEqual([{ token: "s3cret" }, { token: "s3cret" }]);
    expect(ties.to(3)).toBe("friends");
  });

  it.each([404, 422])("that opens nothing says one thing for every reason (%i)", async (status) => {
    answers["POST /api/invite/open"] = refused(status);
    render(InvitePage, { token: "x" });
    expect((await screen.findAllByText("This invitation is no longer valid")).length).toBe(2);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("that was used up between looking and accepting says the same", async () => {
    answers["POST /api/invite/open"] = invited;
    answers["POST /api/invite/accept"] = refused(404);
    render(InvitePage, { token: "x" });
    await screen.findByRole("heading", { name: /invites you/ });
    await userEvent.click(button("Become friends"));
    await screen.findAllByText("This invitation is no longer valid");
  });

  it("of my own says so and offers nothing to accept", async () => {
    answers["POST /api/invite/open"] = { ...invited, tie: "self" };
    render(InvitePage, { token: "x" });
    await screen.findByRole("heading", { name: "This is your own link" });
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("that fails can be tried again", async () => {
    answers["POST /api/invite/open"] = refused(500);
    render(InvitePage, { token: "x" });
    await screen.findByRole("alert");
    answers["POST /api/invite/open"] = invited;
    await userEvent.click(button("Try again"));
    await screen.findByRole("heading", { name: /invites you/ });
  });
});

describe("the way in", () => {
  it.each([
    [SignInPage, "Make an account", "/sign-up"],
    [SignUpPage, "Come in", "/sign-in"],
  ] as const)("keeps the invitation from door to door (%#)", async (Page, words, to) => {
    const search = "?next=%2Finvite%2Fs3cret";
    router.go(`/sign-in${search}`);
    render(Page);
    await tick();
    expect(screen.getByText(/Somebody invites you/)).toBeTruthy();
    expect(screen.getByRole("link", { name: words }).getAttribute("href")).toBe(`${to}${search}`);
  });
});

it("a code has every module of the words, and its margin", () => {
  const text = "https://shop.example/invite/s3cret";
  render(QrCode, { text, label: "code" });
  const drawn = screen.getByRole("img", { name: "code" });
  const plain = encode(text, { border: 0, ecc: "M" });
  const dark = plain.data.flat().filter(Boolean).length;
  expect(drawn.getAttribute("viewBox")).toBe(`0 0 ${plain.size + 8} ${plain.size + 8}`);
  const path = drawn.querySelector("path")?.getAttribute("d") ?? "";
  expect(path.match(/M/g)?.length).toBe(dark);
  expect(path.startsWith("M4 4h1v1h-1z")).toBe(true);
});
