/** Gatherings as they stand now: the newest of what was loaded and what was told since. */
import { SvelteMap } from "svelte/reactivity";
import type { Gathering, GatheringEntry } from "../wire/api";
import type { GatheringAnsweredEvent, GatheringChangedEvent } from "../wire/events";
import { list, type Word } from "./acts";

export class Gatherings {
  readonly #told = new SvelteMap<number, Gathering>();
  readonly #mine = new SvelteMap<number, { version: number; answer: Word | null }>();

  /** An entry as it is now: counts, time and my answer move on after it was loaded. */
  now(entry: GatheringEntry): GatheringEntry {
    const { id, version } = entry.gathering;
    const told = this.#told.get(id);
    const mine = this.#mine.get(id);
    return {
      ...entry,
      gathering: told && told.version > version ? told : entry.gathering,
      mine: mine && mine.version > version ? mine.answer : entry.mine,
    };
  }

  /** Those that were told of a group, new ones too. */
  of(group: number): Gathering[] {
    return [...this.#told.values()].filter((one) => one.group_id === group);
  }

  changed(event: GatheringChangedEvent): void {
    const { gathering } = event.data;
    const known = this.#told.get(gathering.id);
    if (!known || known.version < gathering.version) this.#told.set(gathering.id, gathering);
  }

  answered(event: GatheringAnsweredEvent): void {
    const { gathering_id, answer } = event.data;
    const known = this.#mine.get(gathering_id);
    if (!known || known.version < event.version)
      this.#mine.set(gathering_id, { version: event.version, answer });
  }
}

export const gatherings = new Gatherings();

/** The gatherings of one group: what is to come, and what is over when somebody asks. */
export class GatheringList {
  readonly group: number;
  ready = $state(false);
  error = $state.raw<unknown>(null);
  pastReady = $state(false);
  pastError = $state.raw<unknown>(null);
  nextCursor = $state<string | null>(null);
  pastCursor = $state<string | null>(null);
  #next = $state.raw<readonly GatheringEntry[]>([]);
  #past = $state.raw<readonly GatheringEntry[]>([]);
  /** New ones that were asked for: one that is further away is on a later page. */
  readonly #sought = new Set<number>();
  #asked = 0;

  constructor(group: number) {
    this.group = group;
  }

  readonly next: readonly GatheringEntry[] = $derived.by(() =>
    this.#next
      .map((entry) => gatherings.now(entry))
      .sort(
        ({ gathering: one }, { gathering: other }) =>
          one.begins_at - other.begins_at || one.id - other.id,
      ),
  );
  readonly past: readonly GatheringEntry[] = $derived.by(() =>
    this.#past.map((entry) => gatherings.now(entry)),
  );
  /** Told of by an event and on no page that is loaded. */
  readonly unknown: readonly number[] = $derived.by(() => {
    const known = new Set(this.#next.map((entry) => entry.gathering.id));
    return gatherings
      .of(this.group)
      .map((one) => one.id)
      .filter((id) => !known.has(id));
  });

  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await list(this.group, "next", null);
      if (asked !== this.#asked) return;
      this.#next = page.entries;
      this.nextCursor = page.next;
      this.error = null;
      this.ready = true;
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    }
  }

  /** Load what is new. Each is sought once. */
  async seek(): Promise<void> {
    const fresh = this.unknown.filter((id) => !this.#sought.has(id));
    if (!fresh.length || !this.ready) return;
    for (const id of fresh) this.#sought.add(id);
    await this.load();
  }

  async more(): Promise<void> {
    if (this.nextCursor === null) return;
    const page = await list(this.group, "next", this.nextCursor);
    this.#next = joined(this.#next, page.entries);
    this.nextCursor = page.next;
  }

  async loadPast(): Promise<void> {
    try {
      const page = await list(this.group, "past", this.pastCursor);
      this.#past = joined(this.#past, page.entries);
      this.pastCursor = page.next;
      this.pastError = null;
      this.pastReady = true;
    } catch (error) {
      this.pastError = error;
    }
  }

  /** What the server answered to a deed of mine. */
  put(entry: GatheringEntry): void {
    const { id } = entry.gathering;
    const there = this.#next.some((one) => one.gathering.id === id);
    this.#next = there
      ? this.#next.map((one) => (one.gathering.id === id ? entry : one))
      : [...this.#next, entry];
  }
}

function joined(
  some: readonly GatheringEntry[],
  more: readonly GatheringEntry[],
): readonly GatheringEntry[] {
  const known = new Set(some.map((one) => one.gathering.id));
  return [...some, ...more.filter((one) => !known.has(one.gathering.id))];
}
