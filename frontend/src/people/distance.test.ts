import { cleanup, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { session } from "../account/session.svelte";
import CommentThread from "../feed/CommentThread.svelte";
import { feeds } from "../feed/feeds.svelte";
import { posts } from "../feed/posts.svelte";
import { comment, entry, person, post } from "../feed/testworld";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { notices } from "../notices/notices.svelte";
import { activities } from "../sharing/activities.svelte";
import { live } from "../socket/live.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { ActivityView, Distance, Me, PostEntry } from "../wire/api";
import { around } from "./around.svelte";
import DistancePart from "./DistancePart.svelte";
import { distances } from "./distance.svelte";
import { peopleHandlers } from "./handlers";
import { ties } from "./ties.svelte";

const [BO, LIN] = [8, 9];
const view = (muted: boolean, restricted = false): Distance => ({
  person: person(BO),
  muted,
  restricted,
});
const none = { friends: [], asking: [], asked: [], blocked: [], muted: [], restricted: [] };
const all = { ...none, head: 0, heads: {}, epoch: "e" };
const told = (distance: Distance) =>
  peopleHandlers["distance.changed"]({
    topic: "user:1",
    number: 1,
    type: "distance.changed",
    data: { distance },
  });
const shown = () => feeds.friends.feed.visible.map((one) => one.post.id);

/** What the server keeps, and whether it answers. */
let kept: Distance;
let failing: Error | null;
let pages: Record<string, PostEntry[]>;
let asked: string[];

type Asked = { params?: { path?: { other_id?: number } } };

beforeEach(async () => {
  await i18n.use("en");
  kept = view(false);
  failing = null;
  asked = [];
  pages = { feed: [entry(3, BO), entry(2, LIN)], [BO]: [] };
  session.me = { person: person(1), show_presence: true } as Me;
  toasts.all = [];
  vi.spyOn(live, "watch").mockReturnValue(() => {});
  vi.spyOn(notices, "changed").mockReturnValue();
  vi.spyOn(api, "GET").mockImplementation((async (path: string, { params }: Asked = {}) => {
    asked.push(path);
    if (failing) throw failing;
    if (path === "/api/friends") return { data: all };
    const entries = pages[params?.path?.other_id ?? "feed"] ?? [];
    return { data: { entries, next: null, pinned: null, heads: {}, epoch: "e" } };
  }) as never);
  const change = (to: boolean) =>
    (async (path: string) => {
      if (failing) throw failing;
      kept = { ...kept, [path.endsWith("mute") ? "muted" : "restricted"]: to };
      return { data: kept };
    }) as never;
  vi.spyOn(api, "PUT").mockImplementation(change(true));
  vi.spyOn(api, "DELETE").mockImplementation(change(false));
  ties.load({ ...all, friends: [{ person: person(BO), tie: "friends", at: 1 }] });
  distances.load(all);
  await feeds.friends.load();
});

afterEach(() => {
  cleanup();
  feeds.friends.feed.clear();
  posts.clear();
  ties.clear();
  distances.load(all);
  session.me = null;
  vi.restoreAllMocks();
});

it("whoever is muted is out of the feed at once, and nothing of theirs waits", async () => {
  expect(shown()).toEqual([3, 2]);
  await distances.set(person(BO), "muted", true);
  expect(shown()).toEqual([2]);
  feeds.answered({ ...entry(5, BO), post: post(5, BO) });
  expect(feeds.friends.feed.waiting).toEqual([]);
  told(kept);
  expect(notices.changed).toHaveBeenCalled();
});

it.each(["the answer", "the event"])(
  "whoever is heard again is back, and what they said meanwhile waits, when %s comes first",
  async (first) => {
    told(view(true));
    pages[BO] = [entry(6, BO), entry(3, BO)];
    if (first === "the answer") await distances.set(person(BO), "muted", false);
    told(view(false));
    expect(shown()).toEqual([3, 2]);
    await vi.waitFor(() =>
      expect(feeds.friends.feed.waiting.map((one) => one.post.id)).toEqual([6]),
    );
    expect(asked.filter((path) => path.endsWith("/posts"))).toHaveLength(1);
  },
);

it("what a stranger said for everyone does not come into the feed by hearing them again", async () => {
  ties.load(all);
  told(view(true));
  pages[BO] = [entry(6, BO)];
  told(view(false));
  await vi.waitFor(() => expect(asked.some((path) => path.endsWith("/posts"))).toBe(true));
  await Promise.resolve();
  expect(feeds.friends.feed.waiting).toEqual([]);
});

it("what they did is told no more", async () => {
  const did = (id: number, who: number) => ({ id, kind: "bookmark", person: person(who), at: id });
  const both = [did(2, BO), did(1, LIN)].map((one) => ({ ...one, item: { id: one.id } }));
  vi.mocked(api.GET).mockImplementation((async () => ({
    data: { activities: both as ActivityView[], next: null },
  })) as never);
  await activities.load();
  expect(activities.lines).toHaveLength(2);
  told(view(true));
  expect(activities.lines.map(({ activity }) => activity.person.id)).toEqual([LIN]);
});

it("a list of those I keep away, each with the way back, by keyboard", async () => {
  distances.load({ ...all, muted: [person(BO)], restricted: [person(BO), person(LIN)] });
  render(DistancePart);
  const [muted, restricted] = screen.getAllByRole("list");
  expect(within(muted as HTMLElement).getAllByRole("listitem")).toHaveLength(1);
  expect(within(restricted as HTMLElement).getAllByRole("listitem")).toHaveLength(2);
  kept = view(true, true);
  screen.getByRole("button", { name: /^Hear again ?Person 8$/ }).focus();
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(distances.muted).toEqual([]));
  expect(toasts.all.at(-1)?.text).toBe("You hear Person 8 again");
  toasts.all.at(-1)?.action?.act();
  await vi.waitFor(() => expect(distances.is(BO, "muted")).toBe(true));
});

it("waiting, failed and nobody are three different things; a refusal changes nothing", async () => {
  ties.phase = "loading";
  const { container } = render(DistancePart);
  expect(container.querySelector("[aria-busy]")).not.toBeNull();
  failing = new ApiError(500, { code: "internal", message: "", retry: true });
  ties.phase = "new";
  await around.load();
  failing = null;
  (await screen.findByRole("button", { name: "Try again" })).click();
  await screen.findByText("Nobody at present.");
  failing = new ApiError(409, { code: "full", message: "", retry: false });
  await distances.set(person(BO), "restricted", true);
  expect(distances.is(BO, "restricted")).toBe(false);
  expect(toasts.all.at(-1)?.text).toMatch(/^That did not work/);
});

it("a comment that waits says so to me, and others see it when I let them", async () => {
  const held = { ...comment(1, 4, BO), held: true };
  vi.mocked(api.GET).mockImplementation((async () => ({
    data: { comments: [held], next: null, head: 0, epoch: "e" },
  })) as never);
  const approved: unknown[] = [];
  vi.mocked(api.PUT).mockImplementation((async (path: string, { params }: Asked) => {
    approved.push([path, params?.path]);
    return { data: { ...held, held: false } };
  }) as never);
  render(CommentThread, { post: post(4, 1) });
  (await screen.findByRole("button", { name: /^Let others see it ?Person 8$/ })).focus();
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(screen.queryByText("Only you two see this comment.")).toBeNull());
  expect(approved).toEqual([["/api/comments/{comment_id}/approval", { comment_id: 1 }]]);
  screen.getByText("Comment 1");
});
