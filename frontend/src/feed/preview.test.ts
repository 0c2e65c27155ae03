import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { ties } from "../people/ties.svelte";
import { live } from "../socket/live.svelte";
import Preview from "./Preview.svelte";
import type { Look, Seen } from "./preview";
import { entry, person } from "./testworld";

const BO = person(8);
let answer: Seen | Error;
const look: Look = async () => {
  if (answer instanceof Error) throw answer;
  return answer;
};

beforeEach(async () => {
  await i18n.use("en");
  vi.spyOn(live, "watch").mockReturnValue(() => {});
  vi.spyOn(api, "GET").mockImplementation((async () => ({
    data: { people: [], next: null },
  })) as never);
  ties.load({
    friends: [{ person: BO, tie: "friends", at: 1 }],
    asking: [],
    asked: [],
    blocked: [],
    muted: [],
    restricted: [],
    head: 0,
    heads: {},
    epoch: "e",
  });
  render(Preview, { look, onclose: () => {} });
});

afterEach(() => {
  cleanup();
  ties.clear();
  vi.restoreAllMocks();
});

async function choose(): Promise<void> {
  (await screen.findByRole("button", { name: /Person 8/ })).focus();
  await userEvent.keyboard("{Enter}");
}

it("shows what they get, to be looked at only, and follows nothing", async () => {
  answer = { entries: [entry(1)], next: null };
  await choose();
  await screen.findByText("This is what Person 8 sees");
  await screen.findByText("Post 1");
  expect(screen.queryByRole("button", { name: /Like|More about/ })).toBeNull();
  expect(live.watch).not.toHaveBeenCalled();
});

it("says that they see nothing of it", async () => {
  answer = { entries: [], next: null };
  await choose();
  await screen.findByText("Person 8 sees nothing of it.");
});

it("goes on to older posts", async () => {
  answer = { entries: [entry(2)], next: "2" };
  await choose();
  await screen.findByText("Post 2");
  answer = { entries: [entry(1)], next: null };
  await userEvent.click(screen.getByRole("button", { name: "Show older posts" }));
  await screen.findByText("Post 1");
  expect(screen.getByText("Post 2")).toBeTruthy();
});

it("that could not be asked can be asked again, and as somebody else", async () => {
  answer = new ApiError(500, { code: "internal", message: "", retry: true });
  await choose();
  const again = await screen.findByRole("button", { name: "Try again" });
  answer = { entries: [entry(1)], next: null };
  await userEvent.click(again);
  await screen.findByText("Post 1");
  await userEvent.click(screen.getByRole("button", { name: "Somebody else" }));
  await screen.findByRole("button", { name: /Person 8/ });
});
