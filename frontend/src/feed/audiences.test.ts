import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { peopleHandlers } from "../people/handlers";
import { lists } from "../people/lists.svelte";
import { live } from "../socket/live.svelte";
import type { FriendListView, Post, PostEntry } from "../wire/api";
import Audience from "./Audience.svelte";
import type { Wanted } from "./audiences";
import { feeds } from "./feeds.svelte";
import { Posts, posts } from "./posts.svelte";
import { entry, post } from "./testworld";

const BO = 8;
const OTHER = 9;
const LIST = "list:77";
const family: FriendListView = { id: 3, name: "Family", members: [1], topic: LIST };

const published = (one: Post, topic = `author:${one.author.id}`) =>
  ({ topic, number: 1, type: "post.published", data: { post: one } }) as const;
const withdrawn = (post_id: number, turn: number) =>
  ({ topic: "author:1", number: 2, type: "post.withdrawn", data: { post_id, turn } }) as const;
const shown = (post_id: number, audience: Post["audience"], turn: number) =>
  ({
    topic: `post:${post_id}`,
    number: 3,
    type: "post.shown",
    data: { post_id, audience, turn },
  }) as const;
const toSome = (id: number, author: number): PostEntry => ({
  ...entry(id, author),
  post: post(id, author, { audience: "list" }),
});

describe("a post that is shown to others than before", () => {
  const later = post(1, 1, { audience: "list", turn: 1 });
  it.each([
    ["withdrawn first", [withdrawn(1, 1), published(later, LIST)]],
    ["published first", [published(later, LIST), withdrawn(1, 1)]],
  ])("stays for whoever is told of both (%s)", (_, events) => {
    const known = new Posts();
    known.keep([entry(1)]);
    for (const event of events) known.apply(event);
    expect(known.get(1)?.post).toEqual(later);
  });

  it("goes for whoever is told of its withdrawal alone, and an old page does not bring it back", () => {
    const known = new Posts();
    known.keep([entry(1)]);
    known.apply(withdrawn(1, 1));
    expect(known.get(1)).toBeUndefined();
    known.keep([entry(1)]);
    known.apply(published(post(1)));
    expect(known.get(1)).toBeUndefined();
    known.keep([{ ...entry(1), post: later }]);
    expect(known.get(1)?.post.audience).toBe("list");
  });

  it("keeps its counts, and what is older than its turn changes nothing", () => {
    const known = new Posts();
    const counts = { likes: 2, comments: 1, shares: 0, reactions: [], version: 3 };
    known.keep([entry(1, 1, { counts, liked: true })]);
    known.apply(shown(1, "everyone", 2));
    known.apply(shown(1, "friends", 1));
    known.keep([entry(1)]);
    expect(known.get(1)).toEqual({
      ...entry(1, 1, { counts, liked: false }),
      post: post(1, 1, { audience: "everyone", turn: 2 }),
    });
  });

  it("is mine alone when its list is deleted", () => {
    const known = new Posts();
    known.keep([
      { ...toSome(1, 1), list_id: 3 },
      { ...toSome(2, 1), list_id: 4 },
    ]);
    known.unlist(3);
    expect(known.get(1)?.post.audience).toBe("me");
    expect(known.get(1)?.list_id).toBeNull();
    expect(known.get(2)?.post.audience).toBe("list");
  });
});

describe("the lists of posts", () => {
  let pages: Record<string, PostEntry[]>;
  const watches = () => vi.mocked(live.watch).mock.calls;

  beforeEach(async () => {
    vi.spyOn(live, "watch").mockReturnValue(() => {});
    vi.spyOn(api, "GET").mockImplementation((async (
      path: string,
      asked?: { params?: { path?: { other_id?: number } } },
    ) => {
      const of = asked?.params?.path?.other_id;
      const entries = pages[path === "/api/feed" ? "feed" : String(of)] ?? [];
      const heads = path === "/api/feed" ? { [LIST]: 4 } : { "list:78": 1 };
      return { data: { entries, next: null, heads, epoch: "e" }, response: new Response() };
    }) as never);
    pages = { feed: [toSome(2, BO), toSome(1, OTHER), entry(3, BO)] };
    await feeds.friends.load();
  });

  afterEach(() => {
    feeds.friends.feed.clear();
    posts.clear();
    vi.restoreAllMocks();
  });

  it("lose what was shown to a list that I am not in any more, and nothing else", async () => {
    pages = { [BO]: [entry(3, BO)], [OTHER]: [toSome(1, OTHER)] };
    watches()
      .find(([topic]) => topic === LIST)?.[1]
      ?.onGone?.();
    expect(feeds.friends.feed.visible.map((one) => one.post.id)).not.toContain(2);
    await vi.waitFor(() =>
      expect(feeds.friends.feed.visible.map((one) => one.post.id)).toEqual([3, 1]),
    );
  });

  it("learn what has become mine to see, and follow it", async () => {
    pages = { [BO]: [toSome(5, BO), entry(3, BO)] };
    peopleHandlers["more.shown"]({
      topic: "user:1",
      number: 9,
      type: "more.shown",
      data: { person_id: BO },
    });
    await vi.waitFor(() =>
      expect(feeds.friends.feed.waiting.map((one) => one.post.id)).toEqual([5]),
    );
    expect(watches().map(([topic]) => topic)).toContain("list:78");
  });
});

describe("the chooser", () => {
  let chosen: Wanted;
  const show = (value: Wanted) =>
    render(Audience, { value, onchange: (wanted: Wanted) => (chosen = wanted) });

  beforeEach(async () => {
    await i18n.use("en");
    lists.clear();
    vi.spyOn(live, "watch").mockReturnValue(() => {});
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  function has(all: FriendListView[]): void {
    vi.spyOn(api, "GET").mockImplementation((async () => ({
      data: { lists: all, head: 0, epoch: "e" },
    })) as never);
  }

  it("offers a list where there is one, by keyboard", async () => {
    has([family, { id: 4, name: "Work", members: [], topic: null }]);
    show("friends");
    const list = screen.getByLabelText("A list");
    await vi.waitFor(() => expect((list as HTMLInputElement).disabled).toBe(false));
    list.focus();
    await userEvent.keyboard(" ");
    expect(chosen).toEqual({ list_id: 3 });
    cleanup();
    show({ list_id: 3 });
    await userEvent.selectOptions(await screen.findByLabelText("Which list"), "4");
    expect(chosen).toEqual({ list_id: 4 });
  });

  it("says where lists are made when there is none", async () => {
    has([]);
    show("friends");
    await screen.findByRole("link", { name: /^Sort friends/ });
    expect((screen.getByLabelText("A list") as HTMLInputElement).disabled).toBe(true);
  });

  it("is for nobody when its list is gone", async () => {
    has([family]);
    show({ list_id: 99 });
    await vi.waitFor(() => expect(chosen).toBe("me"));
  });
});
