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
const FAMILY = { id: 3, name: "Family", members: [], topic: null };
let answer: Seen | Error;
let asked: string[];
const look: Look = async (reader) => {
  asked.push(reader);
  if (answer instanceof Error) throw answer;
  return answer;
};

beforeEach(async () => {
  asked = [];
  await i18n.use("en");
  vi.spyOn(live, "watch").mockReturnValue(() => {});
  vi.spyOn(api, "GET").mockImplementation((async () => ({
    data: { people: [], next: null, lists: [FAMILY], head: 0 },
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
  const followed = vi.mocked(live.watch).mock.calls.map(([topic]) => topic);
  expect(followed.filter((topic) => !topic.startsWith("user:"))).toEqual([]);
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

it("looks as a stranger, as somebody signed out, and as the friends in a list", async () => {
  answer = { entries: [], next: null };
  await userEvent.click(await screen.findByRole("button", { name: "A stranger who is signed in" }));
  await screen.findByText("A stranger sees nothing of it.");
  await userEvent.click(screen.getByRole("button", { name: "Somebody else" }));
  await userEvent.click(screen.getByRole("button", { name: "Somebody signed out" }));
  await screen.findByText("Whoever is not signed in sees nothing of it.");
  await userEvent.click(screen.getByRole("button", { name: "Somebody else" }));
  answer = { entries: [entry(1)], unseen: new Map([[1, [person(9)]]]), next: null };
  await userEvent.click(await screen.findByRole("button", { name: "Family" }));
  await screen.findByText("This is what the friends in “Family” see");
  await screen.findByText("Post 1");
  screen.getByText("Not seen by Person 9");
  expect(asked).toEqual(["stranger", "signed-out", "list-3"]);
});

it("shows what is shown by itself", async () => {
  const group = { id: 4, name: "Old lenses", cover: null };
  answer = {
    entries: [],
    activity: {
      id: 0,
      kind: "group",
      person: person(1),
      item: null,
      poll: null,
      group: group as never,
      audience: "friends",
      at: 1,
    },
    next: null,
  };
  await choose();
  await screen.findByText("Old lenses");
});
