import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api } from "../http";
import { live } from "../socket/live.svelte";
import type { FeedPage, PostEntry } from "../wire/api";
import { feeds } from "./feeds.svelte";
import { posts } from "./posts.svelte";
import { entry, post } from "./testworld";

const BO = 8;
const forFriends = entry(1, BO);
const forAll: PostEntry = { ...entry(2, BO), post: post(2, BO, { audience: "everyone" }) };
const older: PostEntry = { ...entry(3, BO), post: post(3, BO, { audience: "everyone" }) };
const ofSomebody: PostEntry = { ...entry(4, 9), post: post(4, 9, { audience: "everyone" }) };

const page = (...entries: PostEntry[]): FeedPage => ({
  entries,
  next: null,
  pinned: null,
  heads: {},
  epoch: "e",
});

/** What the server shows of Bo once we have parted; null: there is no such person for me. */
let ofBo: FeedPage | null;
/** Ends the right to watch Bo's posts. */
let part: () => void;

beforeEach(async () => {
  const watch = vi.spyOn(live, "watch").mockReturnValue(() => {});
  vi.spyOn(api, "GET").mockImplementation((async (path: string) => {
    const pages: Record<string, FeedPage | null> = {
      "/api/feed": { ...page(forAll, forFriends), heads: { [`author:${BO}`]: 5 } },
      "/api/feed/everyone": page(ofSomebody, older, forAll),
      "/api/people/{other_id}/posts": ofBo,
    };
    const data = pages[path];
    if (!data) throw new Error("not_found");
    return { data, response: new Response() };
  }) as never);
  await feeds.friends.load();
  await feeds.everyone.load();
  part = () => watch.mock.calls.find(([topic]) => topic === `author:${BO}`)?.[1]?.onGone?.();
});

afterEach(() => {
  feeds.friends.feed.clear();
  feeds.everyone.feed.clear();
  posts.clear();
  vi.restoreAllMocks();
});

const shown = () =>
  [feeds.friends, feeds.everyone].map(({ feed }) => feed.visible.map((one) => one.post.id));

it("after parting, what they wrote for everyone stays with everyone's and nowhere else", async () => {
  expect(shown()).toEqual([
    [2, 1],
    [4, 3, 2],
  ]);
  ofBo = page(older, forAll);
  part();
  expect(shown()).toEqual([[], [4, 3, 2]]);
  await vi.waitFor(() => expect(api.GET).toHaveBeenCalledTimes(3));
  expect(shown()).toEqual([[], [4, 3, 2]]);
});

it("of somebody who blocked me nothing stays", async () => {
  ofBo = null;
  part();
  await vi.waitFor(() => expect(shown()).toEqual([[], [4]]));
});

it("only what the server still shows stays", async () => {
  ofBo = page(forAll);
  part();
  await vi.waitFor(() => expect(shown()).toEqual([[], [4, 2]]));
});

it("what stands first on a page that is open is asked for anew when it is told to have moved", async () => {
  ofBo = page(older, forAll);
  const source = feeds.of(BO);
  await source.load();
  expect(source.feed.visible.map((one) => one.post.id)).toEqual([3, 2]);
  ofBo = { ...page(older, forAll), pinned: forAll };
  feeds.repinned(BO);
  await vi.waitFor(() => expect(source.feed.visible.map((one) => one.post.id)).toEqual([2, 3]));
  ofBo = page(older, forAll);
  feeds.repinned(BO);
  await vi.waitFor(() => expect(source.feed.visible.map((one) => one.post.id)).toEqual([3, 2]));
  ofBo = null;
  feeds.repinned(BO);
  feeds.repinned(9);
  expect(source.feed.visible.map((one) => one.post.id)).toEqual([3, 2]);
});
