/** Posts as this browser knows them, whichever page showed them first. */
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Counts, Liked, Post, PostEntry } from "../wire/api";
import type {
  PostCountsEvent,
  PostDeletedEvent,
  PostGoneEvent,
  PostLikedEvent,
  PostPublishedEvent,
} from "../wire/events";

export type PostEvent =
  | PostPublishedEvent
  | PostDeletedEvent
  | PostGoneEvent
  | PostCountsEvent
  | PostLikedEvent;

const UNTOUCHED: Counts = { likes: 0, comments: 0, version: 0 };

export class Posts {
  readonly #entries = new SvelteMap<number, PostEntry>();
  /** Hidden while their deletion can still be undone. */
  readonly #hidden = new SvelteSet<number>();
  /** Hearts I pressed or released and nobody has confirmed yet. */
  presses = $state.raw<ReadonlyMap<number, boolean>>(new Map());
  /** My likes as told on my own topic, which carry a revision; an entry read by REST does not. */
  readonly #likes = new Map<number, { revision: number; liked: boolean }>();
  /** Deleted for good: a page read before the deletion must not bring them back. */
  readonly #gone = new Set<number>();

  /** The post as it should be shown, or undefined when it is unknown, hidden or gone. */
  get(id: number): PostEntry | undefined {
    const entry = this.#entries.get(id);
    if (!entry || this.#hidden.has(id)) return undefined;
    const pressed = this.presses.get(id);
    if (pressed === undefined || pressed === entry.liked) return entry;
    const likes = Math.max(0, entry.counts.likes + (pressed ? 1 : -1));
    return { ...entry, liked: pressed, counts: { ...entry.counts, likes } };
  }

  /** Take entries read by REST. What live events said later than their page stays. */
  keep(entries: Iterable<PostEntry>): void {
    for (const entry of entries) {
      const id = entry.post.id;
      if (this.#gone.has(id)) continue;
      const known = this.#entries.get(id);
      this.#entries.set(id, {
        post: entry.post,
        counts: known && known.counts.version > entry.counts.version ? known.counts : entry.counts,
        liked: this.#likes.get(id)?.liked ?? entry.liked,
        head: Math.max(known?.head ?? 0, entry.head),
      });
    }
  }

  apply(event: PostEvent): void {
    switch (event.type) {
      case "post.published":
        this.#publish(event.data.post);
        break;
      case "post.deleted":
      case "post.gone":
        this.forget(event.data.post_id);
        break;
      case "post.counts": {
        const { post_id, likes, comments } = event.data;
        this.#count(post_id, { likes, comments, version: event.version });
        break;
      }
      case "post.liked":
        this.#like(event.data.post_id, event.data.liked, event.version);
        break;
    }
  }

  /** How often my like of this post is known to have changed; hand it to `answered`. */
  revision(id: number): number {
    return this.#likes.get(id)?.revision ?? 0;
  }

  /** The server's answer to a press, unless my own topic has said more since it was made. */
  answered(liked: Liked, since: number): void {
    const id = liked.post_id;
    this.#count(id, liked.counts);
    const known = this.#entries.get(id);
    if (known && this.revision(id) === since)
      this.#entries.set(id, { ...known, liked: liked.liked });
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

  /** Whether anything of this author is known. */
  has(author: number): boolean {
    return [...this.#entries.values()].some(({ post }) => post.author.id === author);
  }

  /** Live knowledge of likes has a hole: the next page read tells. */
  distrust(): void {
    this.#likes.clear();
  }

  clear(): void {
    this.#entries.clear();
    this.#hidden.clear();
    this.presses = new Map();
    this.#likes.clear();
    this.#gone.clear();
  }

  #publish(post: Post): void {
    if (this.#gone.has(post.id) || this.#entries.has(post.id)) return;
    this.#entries.set(post.id, { post, counts: UNTOUCHED, liked: false, head: 0 });
  }

  #count(id: number, counts: Counts): void {
    const known = this.#entries.get(id);
    if (known && counts.version > known.counts.version) this.#entries.set(id, { ...known, counts });
  }

  #like(id: number, liked: boolean, revision: number): void {
    if ((this.#likes.get(id)?.revision ?? 0) >= revision) return;
    this.#likes.set(id, { revision, liked });
    const known = this.#entries.get(id);
    if (known) this.#entries.set(id, { ...known, liked });
  }
}

export const posts = new Posts();
