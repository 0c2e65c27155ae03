/** One search for items: pages of it, the latest question wins. */
import { api, data } from "../http";
import type { ItemCard, ItemPage } from "../wire/api";
import { items } from "./items.svelte";

export interface Question {
  q?: string;
  category?: ItemCard["category"];
  store_id?: number;
}

type Read = (question: Question, cursor: string | null) => Promise<ItemPage>;

export class Search {
  found = $state.raw<readonly ItemCard[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  more = $state<"idle" | "loading" | "failed">("idle");
  next = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  #question: Question = {};
  #turn = 0;
  readonly #read: Read;

  constructor(read: Read = readItems) {
    this.#read = read;
  }

  /** Ask, unless that is what is shown: coming back to a page finds it as it was left. */
  async look(question: Question): Promise<void> {
    const same = JSON.stringify(question) === JSON.stringify(this.#question);
    if (!same || this.phase !== "ready") await this.ask(question);
  }

  /** Ask. What was found stays on the page until the answer is there. */
  async ask(question: Question): Promise<void> {
    this.#question = question;
    const turn = ++this.#turn;
    this.more = "idle";
    if (this.found.length === 0) this.phase = "loading";
    try {
      const page = await this.#read(question, null);
      if (turn !== this.#turn) return;
      this.found = page.items;
      this.next = page.next ?? null;
      this.phase = "ready";
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
      this.phase = "failed";
    }
  }

  async extend(): Promise<void> {
    if (this.more === "loading" || this.next === null || this.phase !== "ready") return;
    this.more = "loading";
    const turn = this.#turn;
    try {
      const page = await this.#read(this.#question, this.next);
      if (turn !== this.#turn) return;
      const known = new Set(this.found.map((item) => item.id));
      this.found = [...this.found, ...page.items.filter((item) => !known.has(item.id))];
      this.next = page.next ?? null;
      this.more = "idle";
    } catch {
      if (turn === this.#turn) this.more = "failed";
    }
  }

  again(): Promise<void> {
    return this.ask(this.#question);
  }
}

async function readItems(question: Question, cursor: string | null): Promise<ItemPage> {
  const q = question.q?.trim();
  const query = {
    ...(q ? { q } : {}),
    ...(question.category ? { category: question.category } : {}),
    ...(question.store_id ? { store_id: question.store_id } : {}),
    ...(cursor ? { cursor } : {}),
  };
  const page = await data(api.GET("/api/items", { params: { query } }));
  items.offer(page.items);
  return page;
}
