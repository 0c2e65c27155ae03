/** A tiny model of the server for the stores' tests: it answers pages and tells events. */
import type { Comment, CommentPage, FeedPage, PersonCard, Post, PostEntry } from "../wire/api";
import type { CommentEvent } from "./comments.svelte";
import type { PostEvent } from "./posts.svelte";

/** Repeatable chance: mulberry32. */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T,
  };
}

export type Chance = ReturnType<typeof chance>;

export function person(id: number): PersonCard {
  return { id, username: `person${id}`, name: `Person ${id}`, face: null };
}

export function post(id: number, author = 1, change: Partial<Post> = {}): Post {
  return {
    id,
    client_id: id.toString(16).padStart(32, "0"),
    author: person(author),
    text: `Post ${id}`,
    pictures: [],
    item: null,
    poll_id: null,
    of_id: null,
    group: null,
    audience: "friends",
    turn: 0,
    edition: 0,
    at: id * 1000,
    edited_at: null,
    ...change,
  };
}

export function entry(id: number, author = 1, change: Partial<PostEntry> = {}): PostEntry {
  const counts = { likes: 0, comments: 0, shares: 0, reactions: [], version: 0 };
  return {
    post: post(id, author),
    counts,
    liked: false,
    mine: [],
    list_id: null,
    head: 0,
    ...change,
  };
}

export function comment(id: number, post_id = 1, author = 2): Comment {
  const client_id = `c${id.toString(16)}`.padStart(32, "0");
  return {
    id,
    post_id,
    to_id: null,
    client_id,
    author: person(author),
    text: `Comment ${id}`,
    held: false,
    at: id * 1000,
  };
}

export class World {
  readonly entries = new Map<number, PostEntry>();
  readonly comments = new Map<number, Comment>();
  #ids = 0;
  #numbers = new Map<string, number>();
  #revisions = new Map<number, number>();

  page(cursor: string | null, size: number): FeedPage {
    const ids = [...this.entries.keys()].sort((a, b) => b - a);
    const rest = ids.filter((id) => cursor === null || id < Number(cursor));
    const found = rest.slice(0, size);
    const next = rest.length > size ? String(found.at(-1)) : null;
    return {
      entries: found.map((id) => this.entries.get(id) as PostEntry),
      next,
      pinned: null,
      heads: {},
      epoch: "e",
    };
  }

  commentPage(cursor: string | null, size: number): CommentPage {
    const ids = [...this.comments.keys()].sort((a, b) => a - b);
    const rest = ids.filter((id) => cursor === null || id > Number(cursor));
    const found = rest.slice(0, size);
    const next = rest.length > size ? String(found.at(-1)) : null;
    return {
      comments: found.map((id) => this.comments.get(id) as Comment),
      next,
      head: 0,
      epoch: "e",
    };
  }

  /** Something happens to the posts; the events that tell it. */
  act(by: Chance): PostEvent[] {
    const ids = [...this.entries.keys()];
    const what = ids.length
      ? by.pick(["publish", "publish", "like", "count", "delete"])
      : "publish";
    if (what === "publish") return [this.publish(1 + by.below(4))];
    const found = this.entries.get(by.pick(ids)) as PostEntry;
    if (what === "delete") return [this.delete(found.post.id)];
    return what === "like"
      ? this.like(found)
      : [this.count(found, { comments: found.counts.comments + 1 })];
  }

  publish(author: number): PostEvent {
    const made = post(++this.#ids, author);
    this.entries.set(made.id, entry(made.id, author));
    return this.#logged(`author:${author}`, "post.published", { post: made });
  }

  delete(id: number): PostEvent {
    const author = this.entries.get(id)?.post.author.id;
    this.entries.delete(id);
    return this.#logged(`author:${author}`, "post.deleted", { post_id: id });
  }

  like(found: PostEntry): PostEvent[] {
    const id = found.post.id;
    const liked = !found.liked;
    const version = (this.#revisions.get(id) ?? 0) + 1;
    this.#revisions.set(id, version);
    this.entries.set(id, { ...found, liked });
    const now = this.entries.get(id) as PostEntry;
    const counted = this.count(now, { likes: now.counts.likes + (liked ? 1 : -1) });
    const mine = {
      topic: "user:9",
      version,
      key: String(id),
      type: "post.liked",
      data: { post_id: id, liked, mine: found.mine },
    };
    return [counted, mine as PostEvent];
  }

  count(found: PostEntry, change: { likes?: number; comments?: number }): PostEvent {
    const counts = { ...found.counts, ...change, version: found.counts.version + 1 };
    this.entries.set(found.post.id, { ...found, counts });
    const { version, ...data } = counts;
    const id = found.post.id;
    return { topic: `post:${id}`, version, type: "post.counts", data: { post_id: id, ...data } };
  }

  /** Somebody says something under post 1, or takes it back. */
  talk(by: Chance): CommentEvent {
    const ids = [...this.comments.keys()];
    if (ids.length && by.below(3) === 0) {
      const id = by.pick(ids);
      this.comments.delete(id);
      return this.#logged("post:1", "comment.deleted", { post_id: 1, comment_id: id });
    }
    const made = comment(++this.#ids);
    this.comments.set(made.id, made);
    return this.#logged("post:1", "comment.added", { comment: made });
  }

  #logged<E>(topic: string, type: string, data: object): E {
    const number = (this.#numbers.get(topic) ?? 0) + 1;
    this.#numbers.set(topic, number);
    return { topic, number, type, data } as E;
  }
}
