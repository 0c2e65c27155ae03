/** What friends did that is shown by itself, and what of mine waits to be shown. */
import { SvelteSet } from "svelte/reactivity";
import { api, data } from "../http";
import { items } from "../market/items.svelte";
import { distances } from "../people/distance.svelte";
import type { ActivityView, OwnActivity, PersonCard } from "../wire/api";

/** Several that come together are one question; not all readers ask at the same moment. */
const GATHER = 400;
const SPREAD = 600;
const DAY = 86_400_000;

/** One thing that one or several people did. */
export interface Line {
  activity: ActivityView;
  people: PersonCard[];
}

/** The same done to the same thing within a day is one line, where the last one did it. */
export function fold(all: readonly ActivityView[]): Line[] {
  const open = new Map<string, Line>();
  const lines: Line[] = [];
  for (const one of all) {
    const key = `${one.kind} ${one.item?.id ?? one.poll?.id ?? one.group?.id}`;
    const line = open.get(key);
    if (line && line.activity.at - one.at < DAY) {
      if (!line.people.some(({ id }) => id === one.person.id)) line.people.push(one.person);
    } else {
      const made = { activity: one, people: [one.person] };
      open.set(key, made);
      lines.push(made);
    }
  }
  return lines;
}

export class Activities {
  phase = $state<"new" | "ready" | "failed">("new");
  #all = $state.raw<readonly ActivityView[]>([]);
  #next: string | null = null;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The list is on a screen that somebody looks at. Else nothing is asked for: who asks was shown. */
  #open = false;
  #stale = false;
  /** Taken back while a page of them was on its way. */
  readonly #gone = new SvelteSet<number>();
  readonly lines = $derived(
    fold(
      this.#all.filter(
        ({ id, person }) => !this.#gone.has(id) && !distances.is(person.id, "muted"),
      ),
    ),
  );

  /** Whether somebody looks at the list. */
  look(open: boolean): void {
    this.#open = open;
    if (open && this.#stale) void this.load();
  }

  /** The newest page. What was loaded below it stays. */
  async load(): Promise<void> {
    this.#stale = false;
    try {
      const page = await data(api.GET("/api/activity", { params: { query: {} } }));
      const oldest = page.activities.at(-1);
      const older =
        page.next === null || !oldest ? [] : this.#all.filter((one) => one.at < oldest.at);
      if (older.length === 0) this.#next = page.next;
      this.#keep([...page.activities, ...older]);
      this.phase = "ready";
    } catch {
      if (this.phase === "new") this.phase = "failed";
    }
  }

  /** Load on until this moment is reached. */
  async until(at: number): Promise<void> {
    while (!this.#busy && this.#next !== null && (this.#all.at(-1)?.at ?? 0) > at) {
      this.#busy = true;
      try {
        const query = { cursor: this.#next };
        const page = await data(api.GET("/api/activity", { params: { query } }));
        this.#next = page.next;
        this.#keep([...this.#all, ...page.activities]);
      } catch {
        return;
      } finally {
        this.#busy = false;
      }
    }
  }

  /** There is something new; it is asked for when somebody looks at the list. */
  told(): void {
    this.#stale = true;
    if (!this.#open) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#open) void this.load();
      },
      GATHER + Math.random() * SPREAD,
    );
  }

  withdrawn(id: number): void {
    this.#gone.add(id);
  }

  between(newer: number, older: number): Line[] {
    return this.lines.filter(({ activity: { at } }) => at < newer && at >= older);
  }

  #keep(all: readonly ActivityView[]): void {
    items.offer(all.map(({ item }) => item));
    this.#all = [...new Map(all.map((one) => [one.id, one])).values()];
  }
}

export const activities = new Activities();

/** Mine that nobody has seen yet. */
class Waiting {
  all = $state.raw<readonly OwnActivity[]>([]);
  #version = 0;

  learn(version: number, all: readonly OwnActivity[]): void {
    if (version < this.#version) return;
    this.#version = version;
    this.all = all;
  }
}

export const waiting = new Waiting();

/** Take back what was, or would be, shown of me. Throws what the server says. */
export async function undo(activity_id: number): Promise<void> {
  await api.DELETE("/api/me/activity/{activity_id}", { params: { path: { activity_id } } });
  waiting.all = waiting.all.filter(({ activity }) => activity.id !== activity_id);
  activities.withdrawn(activity_id);
}
