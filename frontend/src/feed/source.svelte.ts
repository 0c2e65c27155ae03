/** A list of posts with the place it comes from. */
import { items } from "../market/items.svelte";
import type { FeedPage, Post } from "../wire/api";
import { Feed } from "./feed.svelte";

export class Source {
  readonly feed: Feed;
  error = $state<unknown>(null);
  /** Older posts are on their way, or failed to come. */
  more = $state<"idle" | "loading" | "failed">("idle");
  #repins = 0;
  readonly #read: (cursor: string | null) => Promise<FeedPage>;
  readonly #follow: (heads: FeedPage["heads"]) => void;

  /** follow: called with the numbers of the author topics that a first page names. ranked: in the
   *  order in which pages come, whatever their numbers. */
  constructor(
    read: (cursor: string | null) => Promise<FeedPage>,
    accepts: (post: Post) => boolean,
    follow: (heads: FeedPage["heads"]) => void = () => {},
    ranked = false,
  ) {
    this.#read = read;
    this.#follow = follow;
    this.feed = new Feed(accepts, undefined, ranked);
  }

  /** Load the first page, unless it is there. */
  async open(): Promise<void> {
    if (this.feed.phase === "new" || this.feed.phase === "failed") await this.load();
  }

  /** Load the first page anew. The heads it came with, or null when it did not come. */
  async load(): Promise<FeedPage["heads"] | null> {
    if (this.feed.phase !== "ready") this.feed.phase = "loading";
    try {
      const page = await this.#page(null);
      this.feed.load(page);
      this.#follow(page.heads);
      return page.heads;
    } catch (error) {
      this.error = error;
      if (this.feed.phase !== "ready") this.feed.phase = "failed";
      return null;
    }
  }

  async extend(): Promise<void> {
    if (this.more === "loading" || this.feed.next === null) return;
    this.more = "loading";
    try {
      this.feed.extend(await this.#page(this.feed.next));
      this.more = "idle";
    } catch {
      this.more = "failed";
    }
  }

  /** Look for newer posts; what is found waits behind the pill. */
  async refresh(): Promise<void> {
    if (this.feed.phase !== "ready") return;
    try {
      this.feed.refresh(await this.#page(null));
    } catch {
      // The list stays as it is; the connection line says what is wrong.
    }
  }

  /** Something else stands first on this person's page, or nothing: which is asked, for it may be
   *  one that I do not see. */
  async repin(): Promise<void> {
    if (this.feed.phase !== "ready") return;
    const asked = ++this.#repins;
    try {
      const { pinned } = await this.#page(null);
      if (asked === this.#repins) this.feed.pin(pinned);
    } catch {
      // It stays as it is until the next load.
    }
  }

  async #page(cursor: string | null): Promise<FeedPage> {
    const page = await this.#read(cursor);
    items.offer(page.entries.map((entry) => entry.post.item));
    return page;
  }
}
