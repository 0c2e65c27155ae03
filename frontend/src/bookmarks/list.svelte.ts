/** My bookmarks on the page: of all, of a folder, or with a word on them; page after page. */
import { api, data } from "../http";
import { items } from "../market/items.svelte";
import type { BookmarkView } from "../wire/api";

export interface Question {
  folder_id?: number;
  tag?: string;
}

export class BookmarkList {
  all = $state.raw<readonly BookmarkView[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  more = $state<"idle" | "loading" | "failed">("idle");
  next = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  #question: Question = {};
  #turn = 0;

  /** Another question shows that it waits; the same one keeps what is shown until the answer. */
  async ask(question: Question): Promise<void> {
    if (JSON.stringify(question) !== JSON.stringify(this.#question)) {
      this.#question = question;
      this.all = [];
      this.phase = "loading";
    }
    await this.load();
  }

  /** What is shown, afresh and as far down as it was. */
  async load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const wanted = this.all.length;
    try {
      const found: BookmarkView[] = [];
      let cursor: string | null = null;
      do {
        const page = await this.#page(cursor);
        found.push(...page.bookmarks);
        cursor = page.next ?? null;
      } while (cursor && found.length < wanted);
      if (turn !== this.#turn) return;
      this.all = found;
      this.next = cursor;
      this.more = "idle";
      this.error = null;
      this.phase = "ready";
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  again(): Promise<void> {
    if (this.phase === "failed") this.phase = "loading";
    return this.load();
  }

  async extend(): Promise<void> {
    if (this.more === "loading" || this.next === null) return;
    this.more = "loading";
    const turn = this.#turn;
    try {
      const page = await this.#page(this.next);
      if (turn !== this.#turn) return;
      const known = new Set(this.all.map(({ item }) => item.id));
      this.all = [...this.all, ...page.bookmarks.filter(({ item }) => !known.has(item.id))];
      this.next = page.next ?? null;
      this.more = "idle";
    } catch {
      if (turn === this.#turn) this.more = "failed";
    }
  }

  async #page(cursor: string | null) {
    const query = { ...this.#question, ...(cursor ? { cursor } : {}) };
    const page = await data(api.GET("/api/bookmarks", { params: { query } }));
    items.offer(page.bookmarks.map(({ item }) => item));
    return page;
  }
}
