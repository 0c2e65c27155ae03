/** Groups that anybody may find: pages of them, the latest question wins. */
import { api, data } from "../http";
import type { GroupLine, GroupsFound } from "../wire/api";

type Read = (q: string, cursor: string | null) => Promise<GroupsFound>;

export class GroupSearch {
  found = $state.raw<readonly GroupLine[]>([]);
  phase = $state<"loading" | "ready" | "failed">("loading");
  more = $state<"idle" | "loading" | "failed">("idle");
  next = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  #q = "";
  #turn = 0;
  readonly #read: Read;

  constructor(read: Read = readGroups) {
    this.#read = read;
  }

  async ask(q: string): Promise<void> {
    this.#q = q.trim();
    const turn = ++this.#turn;
    this.more = "idle";
    try {
      const page = await this.#read(this.#q, null);
      if (turn !== this.#turn) return;
      this.found = page.groups;
      this.next = page.next ?? null;
      this.error = null;
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
      const known = new Set(this.found.map((line) => line.group.id));
      this.found = [...this.found, ...page.groups.filter((line) => !known.has(line.group.id))];
      this.next = page.next ?? null;
      this.more = "idle";
    } catch {
      if (turn === this.#turn) this.more = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.ask(this.#q);
  }
}

function readGroups(q: string, cursor: string | null): Promise<GroupsFound> {
  const query = { ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) };
  return data(api.GET("/api/groups", { params: { query } }));
}
