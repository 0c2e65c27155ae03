/** Posts as this browser knows them, whichever page showed them first. */
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Counts, Liked, Post, PostEntry } from "../wire/api";
import type {
  PostCountsEvent,
  PostDeletedEvent,
  PostEditedEvent,
  PostGoneEvent,
  PostLikedEvent,
  PostPublishedEvent,
  PostShownEvent,
  PostWithdrawnEvent,
} from "../wire/events";

export type PostEvent =
  | PostPublishedEvent
  | PostWithdrawnEvent
  | PostShownEvent
  | PostEditedEvent
  | PostDeletedEvent
  | PostGoneEvent
  | PostCountsEvent
  | PostLikedEvent;

const UNTOUCHED: Counts = { likes: 0, comments: 0, shares: 0, reactions: [], version: 0 };

/** The emoji that is a like. */
export const HEART = "❤️";

/** Emoji of one post, pressed or taken back. */
export type Presses = ReadonlyMap<string, boolean>;

export class Posts {
  readonly #entries = new SvelteMap<number, PostEntry>();
  /** Hidden while their deletion can still be undone. */
  readonly #hidden = new SvelteSet<number>();
  /** What I pressed or released on posts and nobody has confirmed yet. */
  presses = $state.raw<ReadonlyMap<number, Presses>>(new Map());
  /** What I press as told on my own topic, with a revision; an entry read by REST has none. */
  readonly #likes = new Map<number, Mine & { revision: number }>();
  /** Deleted for good: a page read before the deletion must not bring them back. */
  readonly #gone = new Set<number>();
  /** Withdrawn from those it was shown to: only a turn as high as this is believed. */
  readonly #turns = new Map<number, number>();

  /** The post as it should be shown, or undefined when it is unknown, hidden or gone. */
  get(id: number): PostEntry | undefined {
    const entry = this.#entries.get(id);
    if (!entry || this.#hidden.has(id)) return undefined;
    return [...(this.presses.get(id) ?? [])].reduce(pressed, entry);
  }

  /** Take entries read by REST. What live events said later than their page stays. */
  keep(entries: Iterable<PostEntry>): void {
    for (const entry of entries) {
      const id = entry.post.id;
      if (this.#gone.has(id) || this.#outdated(entry.post)) continue;
      const known = this.#entries.get(id);
      const newer = known && known.post.turn > entry.post.turn ? known : entry;
      this.#entries.set(id, {
        post: worded(newer.post, known?.post, entry.post),
        list_id: newer.list_id,
        counts: known && known.counts.version > entry.counts.version ? known.counts : entry.counts,
        liked: this.#likes.get(id)?.liked ?? entry.liked,
        mine: this.#likes.get(id)?.mine ?? entry.mine,
        head: Math.max(known?.head ?? 0, entry.head),
      });
    }
  }

  /** list_id: which of my lists a post of mine is shown to. */
  apply(event: PostEvent, list_id: number | null = null): void {
    switch (event.type) {
      case "post.published":
        this.#publish(event.data.post, list_id);
        break;
      case "post.withdrawn":
        this.#withdraw(event.data.post_id, event.data.turn);
        break;
      case "post.shown":
        this.#show(event.data.post_id, event.data.audience, event.data.turn);
        break;
      case "post.edited":
        this.#reword(event.data);
        break;
      case "post.deleted":
      case "post.gone":
        this.forget(event.data.post_id);
        break;
      case "post.counts": {
        const { post_id, ...counts } = event.data;
        this.#count(post_id, { ...counts, version: event.version });
        break;
      }
      case "post.liked":
        this.#like(event.data.post_id, event.data, event.version);
        break;
    }
  }

  /** How often what I press on this post is known to have changed; hand it to `answered`. */
  revision(id: number): number {
    return this.#likes.get(id)?.revision ?? 0;
  }

  /** The server's answer to a press, unless my own topic has said more since it was made. */
  answered(liked: Liked, since: number): void {
    const id = liked.post_id;
    this.#count(id, liked.counts);
    const known = this.#entries.get(id);
    if (known && this.revision(id) === since)
      this.#entries.set(id, { ...known, liked: liked.liked, mine: liked.mine });
  }

  hide(id: number): void {
    this.#hidden.add(id);
  }

  unhide(id: number): void {
    this.#hidden.delete(id);
  }

  /** Deleted, or not for me any more. */
  forget(id: number): void {
    this.#gone.add(id);
    this.#entries.delete(id);
    this.#hidden.delete(id);
  }

  /** Not for me to see at present; a later page may bring it back. */
  lose(id: number): void {
    this.#entries.delete(id);
    this.#hidden.delete(id);
  }

  /** The right to see this author's posts has changed: what was learned before does not count. */
  forgetAuthor(author: number, which: (post: Post) => boolean = () => true): void {
    for (const [id, entry] of this.#entries)
      if (entry.post.author.id === author && which(entry.post)) {
        this.#entries.delete(id);
        this.#likes.delete(id);
      }
  }

  /** I am out of a group: what others showed there is not mine to see. */
  forgetGroup(group: number, me: number): void {
    for (const [id, { post }] of this.#entries)
      if (post.group?.id === group && post.author.id !== me) {
        this.#entries.delete(id);
        this.#likes.delete(id);
      }
  }

  /** The authors of those of the posts. */
  authors(which: (post: Post) => boolean): Set<number> {
    const found = [...this.#entries.values()].filter(({ post }) => which(post));
    return new Set(found.map(({ post }) => post.author.id));
  }

  /** A list of mine is gone: what was shown to it is mine alone now. */
  unlist(list: number): void {
    for (const { post, list_id } of this.#entries.values())
      if (list_id === list) this.#show(post.id, "me", post.turn + 1);
  }

  /** Whether anything of this author is known. */
  has(author: number): boolean {
    return [...this.#entries.values()].some(({ post }) => post.author.id === author);
  }

  /** Live knowledge of what I press has a hole: the next page read tells. */
  distrust(): void {
    this.#likes.clear();
  }

  clear(): void {
    this.#entries.clear();
    this.#hidden.clear();
    this.presses = new Map();
    this.#likes.clear();
    this.#gone.clear();
    this.#turns.clear();
  }

  #outdated(post: Post): boolean {
    return post.turn < (this.#turns.get(post.id) ?? 0);
  }

  /** New here, or shown to others than before: two topics may tell it in either order. */
  #publish(post: Post, list_id: number | null): void {
    if (this.#gone.has(post.id) || this.#outdated(post)) return;
    const known = this.#entries.get(post.id);
    if (!known) {
      const { liked = false, mine = [] } = this.#likes.get(post.id) ?? {};
      this.#entries.set(post.id, { post, list_id, counts: UNTOUCHED, liked, mine, head: 0 });
    } else if (known.post.turn < post.turn)
      this.#entries.set(post.id, { ...known, post: worded(post, known.post), list_id });
  }

  #reword({ post_id, ...words }: PostEditedEvent["data"]): void {
    const known = this.#entries.get(post_id);
    if (known && known.post.edition < words.edition)
      this.#entries.set(post_id, { ...known, post: { ...known.post, ...words } });
  }

  #withdraw(id: number, turn: number): void {
    this.#turns.set(id, Math.max(turn, this.#turns.get(id) ?? 0));
    const known = this.#entries.get(id);
    if (known && known.post.turn < turn) this.lose(id);
  }

  #show(id: number, audience: Post["audience"], turn: number): void {
    const known = this.#entries.get(id);
    if (!known || known.post.turn >= turn) return;
    const list_id = audience === "list" ? known.list_id : null;
    this.#entries.set(id, { ...known, post: { ...known.post, audience, turn }, list_id });
  }

  #count(id: number, counts: Counts): void {
    const known = this.#entries.get(id);
    if (known && counts.version > known.counts.version) this.#entries.set(id, { ...known, counts });
  }

  #like(id: number, { liked, mine }: Mine, revision: number): void {
    if ((this.#likes.get(id)?.revision ?? 0) >= revision) return;
    this.#likes.set(id, { revision, liked, mine });
    const known = this.#entries.get(id);
    if (known) this.#entries.set(id, { ...known, liked, mine });
  }
}

type Mine = Pick<PostEntry, "liked" | "mine">;

/** The post with the latest words that any of them has. */
function worded(post: Post, ...others: (Post | undefined)[]): Post {
  const later = (latest: Post, other?: Post) =>
    other && other.edition > latest.edition ? other : latest;
  const { text, edition, edited_at } = others.reduce<Post>(later, post);
  return { ...post, text, edition, edited_at };
}

/** The post as it will be once the server has heard of this press. */
function pressed(entry: PostEntry, [emoji, on]: [string, boolean]): PostEntry {
  const { counts } = entry;
  if (on === (emoji === HEART ? entry.liked : entry.mine.includes(emoji))) return entry;
  const step = on ? 1 : -1;
  if (emoji === HEART) {
    const likes = Math.max(0, counts.likes + step);
    return { ...entry, liked: on, counts: { ...counts, likes } };
  }
  const known = counts.reactions.some((one) => one.emoji === emoji);
  const all = known ? counts.reactions : [...counts.reactions, { emoji, n: 0 }];
  const reactions = all
    .map((one) => (one.emoji === emoji ? { emoji, n: one.n + step } : one))
    .filter(({ n }) => n > 0);
  const mine = on ? [...entry.mine, emoji] : entry.mine.filter((one) => one !== emoji);
  return { ...entry, mine, counts: { ...counts, reactions } };
}

export const posts = new Posts();
