import { describe, expect, it } from "vitest";
import { Feed } from "./feed.svelte";
import { HEART, type PostEvent, Posts } from "./posts.svelte";
import { chance, entry, post, World } from "./testworld";

function reader() {
  const posts = new Posts();
  const feed = new Feed(() => true, posts);
  const hear = (event: PostEvent, mine = false) => {
    posts.apply(event);
    if (event.type === "post.published") feed.apply(event, mine);
  };
  return { posts, feed, hear };
}

const ids = (entries: readonly { post: { id: number } }[]) => entries.map((one) => one.post.id);

describe("a list of posts", () => {
  it.each([...Array(60).keys()])("snapshot + events = a fresh snapshot (%i)", (seed) => {
    const by = chance(seed);
    const world = new World();
    for (let i = by.below(30); i > 0; i--) world.act(by);
    const { feed, hear } = reader();
    feed.load(world.page(null, 5));
    for (let i = 0; i < 60; i++) {
      if (by.below(8) === 0 && feed.next) feed.extend(world.page(feed.next, 5));
      else for (const event of world.act(by)) hear(event);
    }
    while (feed.next) feed.extend(world.page(feed.next, 5));
    feed.reveal();
    expect(feed.visible).toEqual(
      world.page(null, 1000).entries.map((one) => ({ ...one, head: 0 })),
    );
  });

  it("keeps new posts of others behind the pill and shows my own at once", () => {
    const world = new World();
    world.publish(1);
    const { feed, hear } = reader();
    feed.load(world.page(null, 5));
    hear(world.publish(2));
    hear(world.publish(9), true);
    expect(ids(feed.visible)).toEqual([3, 1]);
    expect(ids(feed.waiting)).toEqual([2]);
    feed.reveal();
    expect(ids(feed.visible)).toEqual([3, 2, 1]);
    expect(feed.waiting).toEqual([]);
  });

  it("shows first what is pinned, once and however old it is", () => {
    const { feed, posts } = reader();
    const page = { entries: [entry(9), entry(8)], next: "8", heads: {}, epoch: "e" };
    feed.load({ ...page, pinned: entry(2) });
    expect(ids(feed.visible)).toEqual([2, 9, 8]);
    feed.pinned = 8;
    expect(ids(feed.visible)).toEqual([8, 9]);
    posts.lose(8);
    expect(ids(feed.visible)).toEqual([9]);
  });

  it("forgets what waits when it is taken back", () => {
    const { feed, hear } = reader();
    const world = new World();
    world.publish(1);
    feed.load(world.page(null, 5));
    hear(world.publish(2));
    hear(world.delete(2));
    expect(feed.waiting).toEqual([]);
    expect(ids(feed.visible)).toEqual([1]);
  });

  it("does not take what it does not accept", () => {
    const posts = new Posts();
    const everyone = new Feed((one) => one.audience === "everyone", posts);
    everyone.load({ entries: [], next: null, pinned: null, heads: {}, epoch: "e" });
    const published = (id: number, audience: "friends" | "everyone"): PostEvent => ({
      topic: "author:1",
      number: id,
      type: "post.published",
      data: { post: post(id, 1, { audience }) },
    });
    for (const event of [published(1, "friends"), published(2, "everyone")]) {
      posts.apply(event);
      if (event.type === "post.published") everyone.apply(event, true);
    }
    expect(ids(everyone.visible)).toEqual([2]);
  });

  it("after missed events the newest page adds behind the pill and removes what has gone", () => {
    const { feed } = reader();
    const page = (list: number[], next: string | null) => ({
      entries: list.map((id) => entry(id)),
      next,
      pinned: null,
      heads: {},
      epoch: "e",
    });
    feed.load(page([6, 5, 4], "4"));
    feed.extend(page([3, 2], null));
    feed.refresh(page([8, 6, 4], "4"));
    expect(ids(feed.visible)).toEqual([6, 4, 3, 2]);
    expect(ids(feed.waiting)).toEqual([8]);
    feed.refresh(page([8, 6], null));
    feed.reveal();
    expect(ids(feed.visible)).toEqual([8, 6]);
  });

  it("when more is new than one page holds, the page is shown as a whole on demand", () => {
    const { feed } = reader();
    feed.load({ entries: [entry(2), entry(1)], next: null, pinned: null, heads: {}, epoch: "e" });
    feed.refresh({ entries: [entry(9), entry(8)], next: "8", pinned: null, heads: {}, epoch: "e" });
    expect(ids(feed.visible)).toEqual([2, 1]);
    expect(ids(feed.waiting)).toEqual([9, 8]);
    feed.reveal();
    expect(ids(feed.visible)).toEqual([9, 8]);
    expect(feed.next).toBe("8");
  });

  it("a friend who comes back brings the posts back, behind the pill", () => {
    const { feed, posts } = reader();
    feed.load({
      entries: [entry(3, 1), entry(2, 2)],
      next: null,
      pinned: null,
      heads: {},
      epoch: "e",
    });
    posts.forgetAuthor(1);
    feed.weave([entry(3, 1)]);
    expect(ids(feed.visible)).toEqual([2]);
    feed.reveal();
    expect(ids(feed.visible)).toEqual([3, 2]);
  });

  it("a new friend's older posts wait, those below the loaded end come with their page", () => {
    const { feed } = reader();
    feed.load({ entries: [entry(9), entry(5)], next: "5", pinned: null, heads: {}, epoch: "e" });
    feed.weave([entry(7, 3), entry(2, 3)]);
    expect(ids(feed.visible)).toEqual([9, 5]);
    feed.reveal();
    expect(ids(feed.visible)).toEqual([9, 7, 5]);
  });

  it("drops an author's posts when the right to see them ends", () => {
    const { feed, posts } = reader();
    feed.load({
      entries: [entry(3, 1), entry(2, 2)],
      next: null,
      pinned: null,
      heads: {},
      epoch: "e",
    });
    posts.forgetAuthor(1);
    expect(ids(feed.visible)).toEqual([2]);
  });
});

describe("a post", () => {
  it("keeps the highest version of its counts, whichever way it came", () => {
    const posts = new Posts();
    const counted = (version: number, likes: number): PostEvent => ({
      topic: "post:1",
      version,
      type: "post.counts",
      data: { post_id: 1, likes, comments: 0, shares: 0, reactions: [] },
    });
    posts.keep([entry(1)]);
    posts.apply(counted(3, 3));
    posts.apply(counted(2, 2));
    posts.keep([
      entry(1, 1, { counts: { likes: 1, comments: 0, shares: 0, reactions: [], version: 1 } }),
    ]);
    expect(posts.get(1)?.counts).toEqual({
      likes: 3,
      comments: 0,
      shares: 0,
      reactions: [],
      version: 3,
    });
  });

  it("shows my press while it is on its way and not when it was refused", () => {
    const posts = new Posts();
    posts.keep([
      entry(1, 1, { counts: { likes: 4, comments: 0, shares: 0, reactions: [], version: 4 } }),
    ]);
    posts.presses = new Map([[1, new Map([[HEART, true]])]]);
    expect(posts.get(1)).toMatchObject({ liked: true, counts: { likes: 5 } });
    posts.presses = new Map();
    expect(posts.get(1)).toMatchObject({ liked: false, counts: { likes: 4 } });
  });

  it("shows the emoji I press and take back before the server has heard of it", () => {
    const posts = new Posts();
    const counts = {
      likes: 0,
      comments: 0,
      shares: 0,
      reactions: [{ emoji: "🎉", n: 1 }],
      version: 1,
    };
    posts.keep([entry(1, 1, { counts, mine: ["🎉"] })]);
    const shown = (emoji: string, on: boolean) => {
      posts.presses = new Map([[1, new Map([[emoji, on]])]]);
      const { mine, counts } = posts.get(1) ?? entry(1);
      return [mine, counts.reactions.map((one) => `${one.emoji}${one.n}`)];
    };
    expect(shown("👍", true)).toEqual([
      ["🎉", "👍"],
      ["🎉1", "👍1"],
    ]);
    expect(shown("🎉", true)).toEqual([["🎉"], ["🎉1"]]);
    expect(shown("🎉", false)).toEqual([[], []]);
    posts.presses = new Map();
    expect(posts.get(1)).toMatchObject({ mine: ["🎉"], counts });
  });

  it("keeps the latest words, whichever of an edit, a page and a new audience comes first", () => {
    const old = entry(1, 1, { post: post(1, 1, { text: "zero" }) });
    const moved = post(1, 1, { text: "one", edition: 1, turn: 1, edited_at: 5 });
    const edited = (topic: string, edition: number, text: string): PostEvent => ({
      topic,
      number: edition,
      type: "post.edited",
      data: { post_id: 1, text, edition, edited_at: 9 },
    });
    const told: ((known: Posts) => void)[] = [
      (known) => known.keep([old]),
      (known) =>
        known.apply({
          topic: "list:1",
          number: 1,
          type: "post.published",
          data: { post: moved },
        }),
      (known) => known.apply(edited("post:1", 2, "two")),
      (known) => known.apply(edited("author:1", 1, "one")),
    ];
    for (const order of [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [0, 3, 2, 1],
      [0, 2, 0, 1],
    ]) {
      const known = new Posts();
      for (const step of order) told[step]?.(known);
      expect(known.get(1)?.post).toMatchObject({ text: "two", edition: 2, turn: 1 });
    }
  });

  it("counts my press once when the answer and the events arrive in any order", () => {
    const answer = {
      post_id: 1,
      liked: true,
      mine: [],
      counts: { likes: 5, comments: 0, shares: 0, reactions: [], version: 5 },
    };
    const events: PostEvent[] = [
      {
        topic: "user:9",
        version: 1,
        key: "1",
        type: "post.liked",
        data: { post_id: 1, liked: true, mine: [] },
      },
      {
        topic: "post:1",
        version: 5,
        type: "post.counts",
        data: { post_id: 1, likes: 5, comments: 0, shares: 0, reactions: [] },
      },
    ];
    for (const order of [events, [...events].reverse()])
      for (const answeredAfter of [0, 1, 2]) {
        const posts = new Posts();
        posts.keep([
          entry(1, 1, { counts: { likes: 4, comments: 0, shares: 0, reactions: [], version: 4 } }),
        ]);
        posts.presses = new Map([[1, new Map([[HEART, true]])]]);
        const since = posts.revision(1);
        for (const event of order.slice(0, answeredAfter)) posts.apply(event);
        posts.answered(answer, since);
        posts.presses = new Map();
        for (const event of order.slice(answeredAfter)) posts.apply(event);
        expect(posts.get(1)).toMatchObject({ liked: true, counts: { likes: 5 } });
      }
  });

  it("does not believe an answer that is older than what another device did", () => {
    const posts = new Posts();
    posts.keep([entry(1)]);
    const since = posts.revision(1);
    for (const [version, liked] of [
      [1, true],
      [2, false],
    ] as const)
      posts.apply({
        topic: "user:9",
        version,
        key: "1",
        type: "post.liked",
        data: { post_id: 1, liked, mine: [] },
      });
    const counts = { likes: 1, comments: 0, shares: 0, reactions: [], version: 1 };
    posts.answered({ post_id: 1, liked: true, mine: [], counts }, since);
    expect(posts.get(1)?.liked).toBe(false);
  });

  it("a page read before a deletion does not bring it back", () => {
    const posts = new Posts();
    posts.keep([entry(1)]);
    posts.apply({ topic: "post:1", number: 1, type: "post.gone", data: { post_id: 1 } });
    posts.keep([entry(1)]);
    expect(posts.get(1)).toBeUndefined();
  });

  it("is hidden while its deletion can be undone", () => {
    const posts = new Posts();
    posts.keep([entry(1)]);
    posts.hide(1);
    expect(posts.get(1)).toBeUndefined();
    posts.unhide(1);
    expect(posts.get(1)?.post.id).toBe(1);
  });
});
