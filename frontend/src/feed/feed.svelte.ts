/** One list of posts, newest first: the friends' feed, everyone's, or one person's page. */
import { SvelteSet } from "svelte/reactivity";
import type { FeedPage, Post, PostEntry } from "../wire/api";
import type { PostPublishedEvent } from "../wire/events";
import { type Posts, posts } from "./posts.svelte";

export type Phase = "new" | "loading" | "ready" | "failed";

export class Feed {
  phase = $state<Phase>("new");
  /** Cursor of older posts; null when the list has reached its end. */
  next = $state<string | null>(null);
  /** What stands first on a person's page, whatever its age. */
  pinned = $state<number | null>(null);
  /** Every post of this list that is loaded, newest first. */
  #ids = $state.raw<readonly number[]>([]);
  /** Those that arrived while somebody was reading: they wait behind "n new". */
  readonly #waiting = new SvelteSet<number>();
  /** A newest page with nothing of this list in it. */
  #anew = $state.raw<FeedPage | null>(null);
  readonly #posts: Posts;
  readonly #accepts: (post: Post) => boolean;
  /** In the order in which the server gave them; nothing comes in between. */
  readonly #ranked: boolean;

  /** accepts: whether a freshly published post belongs to this list. */
  constructor(accepts: (post: Post) => boolean, all: Posts = posts, ranked = false) {
    this.#accepts = accepts;
    this.#posts = all;
    this.#ranked = ranked;
  }

  readonly visible: readonly PostEntry[] = $derived.by(() => {
    const entries = this.#entries((id) => !this.#waiting.has(id));
    const first = this.pinned === null ? undefined : this.#posts.get(this.pinned);
    return first ? [first, ...entries.filter(({ post }) => post.id !== first.post.id)] : entries;
  });
  readonly waiting: readonly PostEntry[] = $derived.by(() => {
    if (this.#anew) return this.#anew.entries;
    return this.#waiting.size ? this.#entries((id) => this.#waiting.has(id)) : [];
  });

  /** The first page: everything in it is shown. */
  load(page: FeedPage): void {
    this.#posts.keep(page.entries);
    this.pin(page.pinned);
    this.#waiting.clear();
    this.#anew = null;
    this.#ids = this.#order(page.entries.map((entry) => entry.post.id));
    this.next = page.next;
    this.phase = "ready";
  }

  /** What stands first from now on, or nothing. */
  pin(entry: PostEntry | null): void {
    if (entry) this.#posts.keep([entry]);
    this.pinned = entry?.post.id ?? null;
  }

  /** Older posts, below what is there. */
  extend(page: FeedPage): void {
    this.#posts.keep(page.entries);
    this.#ids = this.#order([...this.#ids, ...page.entries.map((entry) => entry.post.id)]);
    this.next = page.next;
  }

  /**
   * The newest page once more, for a list whose live events do not reach everybody: what it lacks
   * has gone, what it adds waits. Nothing that is being read moves. Older posts stay; each proves
   * itself when it is watched again.
   */
  refresh(page: FeedPage): void {
    if (this.phase !== "ready" || this.#ids.length === 0) {
      this.load(page);
      return;
    }
    const fresh = new Set(page.entries.map((entry) => entry.post.id));
    const [oldest, newest] = [Math.min(...fresh), Math.max(...fresh)];
    const overlaps = this.#ids.some((id) => id >= oldest);
    if (page.next !== null && !overlaps) {
      // More is new than one page holds: shown as a whole when it is asked for.
      this.#posts.keep(page.entries);
      this.#anew = page;
      return;
    }
    const inPage = (id: number) => id >= oldest && id <= newest;
    const stays = (id: number) =>
      fresh.size > 0 && !inPage(id) && (id > newest || page.next !== null);
    this.#await(page.entries);
    this.#ids = order([...fresh, ...this.#ids.filter((id) => fresh.has(id) || stays(id))]);
    this.#anew = null;
    if (page.next === null) this.next = null;
  }

  /** Posts that have become mine to see, of a new friend say: they wait like any other. */
  weave(entries: readonly PostEntry[]): void {
    if (this.phase !== "ready") return;
    const oldest = this.next === null ? 0 : (this.#ids.at(-1) ?? 0);
    const mine = entries.filter(({ post }) => post.id >= oldest && this.#accepts(post));
    this.#await(mine);
    this.#ids = order([...this.#ids, ...mine.map((entry) => entry.post.id)]);
  }

  /** Call after `posts.apply(event)`. mine: my own posts appear at once. */
  apply(event: PostPublishedEvent, mine: boolean): void {
    this.admit(event.data.post, mine);
  }

  /** A post that is new here. */
  admit(post: Post, mine: boolean): void {
    if (this.phase !== "ready" || !this.#accepts(post) || this.#ids.includes(post.id)) return;
    if (!mine) this.#waiting.add(post.id);
    this.#ids = order([post.id, ...this.#ids]);
  }

  /** Not to be seen at present. Should it come back, it waits like any other. */
  drop(id: number): void {
    this.#ids = this.#ids.filter((one) => one !== id);
    this.#waiting.delete(id);
  }

  /** This author's posts do not belong here any more; elsewhere they may. */
  without(author: number): void {
    this.#ids = this.#ids.filter((id) => this.#posts.get(id)?.post.author.id !== author);
  }

  /** The person asked for what waits. */
  reveal(): void {
    if (this.#anew) this.load(this.#anew);
    this.#waiting.clear();
  }

  clear(): void {
    this.pinned = null;
    this.phase = "new";
    this.next = null;
    this.#ids = [];
    this.#anew = null;
    this.#waiting.clear();
  }

  #order(ids: readonly number[]): readonly number[] {
    return this.#ranked ? [...new Set(ids)] : order(ids);
  }

  /** Keep entries; those that are not on the page yet wait. */
  #await(entries: readonly PostEntry[]): void {
    const shown = new Set(this.visible.map((entry) => entry.post.id));
    this.#posts.keep(entries);
    for (const { post } of entries) if (!shown.has(post.id)) this.#waiting.add(post.id);
  }

  #entries(wanted: (id: number) => boolean): PostEntry[] {
    const found: PostEntry[] = [];
    for (const id of this.#ids) {
      const entry = wanted(id) ? this.#posts.get(id) : undefined;
      // One that everyone saw may be for fewer now.
      if (entry && this.#accepts(entry.post)) found.push(entry);
    }
    return found;
  }
}

/** A post's id is its place in time. */
function order(ids: Iterable<number>): readonly number[] {
  return [...new Set(ids)].sort((a, b) => b - a);
}
