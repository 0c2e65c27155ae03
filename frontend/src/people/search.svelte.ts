/** One search for people: pages of it, the latest question wins. */
import { api, data } from "../http";
import type { PeoplePage, TieView } from "../wire/api";

type Read = (q: string, cursor: string | null) => Promise<PeoplePage>;

export class PeopleSearch {
  found = $state.raw<readonly TieView[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  more = $state<"idle" | "loading" | "failed">("idle");
  next = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  #q = "";
  #turn = 0;
  readonly #read: Read;

  constructor(read: Read = readPeople) {
    this.#read = read;
  }

  async ask(q: string): Promise<void> {
    this.#q = q.trim();
    const turn = ++this.#turn;
    this.more = "idle";
    try {
      const page = await this.#read(this.#q, null);
      if (turn !== this.#turn) return;
      this.found = page.people;
      this.next = page.next ?? null;
      this.phase = "ready";
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
      this.phase = "failed";
    }
  }

  async extend(): Promise<void> {
    if (this.more === "loading" || this.next === null) return;
    this.more = "loading";
    const turn = this.#turn;
    try {
      const page = await this.#read(this.#q, this.next);
      if (turn !== this.#turn) return;
      const known = new Set(this.found.map((view) => view.person.id));
      this.found = [...this.found, ...page.people.filter((view) => !known.has(view.person.id))];
      this.next = page.next ?? null;
      this.more = "idle";
    } catch {
      if (turn === this.#turn) this.more = "failed";
    }
  }

  again(): Promise<void> {
    return this.ask(this.#q);
  }
}

function readPeople(q: string, cursor: string | null): Promise<PeoplePage> {
  const query = { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) };
  return data(api.GET("/api/people", { params: { query } }));
}
