import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { kept } from "../bookmarks/kept.svelte";
import { person } from "../feed/testworld";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { ties } from "../people/ties.svelte";
import type { BookmarkIndex } from "../wire/api";
import type { BookmarksChangedEvent } from "../wire/events";

const { session } = await import("../account/session.svelte");
const { default: FirstSteps } = await import("./FirstSteps.svelte");

const none = {
  friends: [],
  asking: [],
  asked: [],
  blocked: [],
  muted: [],
  restricted: [],
  head: 0,
  heads: {},
};
const nothing: BookmarkIndex = { item_ids: [], folders: [], tags: [], head: 0 };
let ever: boolean;

beforeEach(async () => {
  await i18n.use("en");
  localStorage.clear();
  ever = false;
  vi.spyOn(api, "GET").mockImplementation((async () => ({ data: { ever } })) as never);
  session.phase = "in";
  ties.load(none as never);
  kept.learn(nothing);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  session.phase = "out";
  ties.clear();
  kept.clear();
});

const title = () => screen.queryByRole("heading", { level: 2 })?.textContent;
const dones = () => screen.queryAllByText(": done").length;

it("leads through three things, each ticked the moment it is done", async () => {
  render(FirstSteps);
  await screen.findByText("Three things to begin with");
  expect(dones()).toBe(0);
  ties.answered({ person: person(2), tie: "friends", at: 1 }, 0);
  await vi.waitFor(() => expect(dones()).toBe(1));
  kept.apply({ data: { kept: [7], dropped: [] } } as unknown as BookmarksChangedEvent);
  await vi.waitFor(() => expect(dones()).toBe(2));
  expect(screen.getByText("2 of 3")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Look around" })).toBeNull();
});

it("is put away for good by its button", async () => {
  render(FirstSteps);
  await userEvent.click(await screen.findByRole("button", { name: "Put this away" }));
  expect(title()).toBeUndefined();
  cleanup();
  render(FirstSteps);
  await vi.waitFor(() => expect(api.GET).toHaveBeenCalledTimes(2));
  expect(title()).toBeUndefined();
});

it("is not shown to whoever did all of it before", async () => {
  ever = true;
  ties.answered({ person: person(2), tie: "friends", at: 1 }, 0);
  kept.learn({ ...nothing, item_ids: [7] });
  render(FirstSteps);
  await vi.waitFor(() => expect(api.GET).toHaveBeenCalled());
  await Promise.resolve();
  expect(title()).toBeUndefined();
});

it("says nothing before it is known what was done", async () => {
  kept.clear();
  render(FirstSteps);
  await vi.waitFor(() => expect(api.GET).toHaveBeenCalled());
  expect(title()).toBeUndefined();
  kept.learn(nothing);
  await screen.findByText("Three things to begin with");
});
