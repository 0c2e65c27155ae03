/** Who is here, as far as friends may know. */
import { SvelteMap } from "svelte/reactivity";
import type { PresenceChangedEvent } from "../wire/events";

type Seen = PresenceChangedEvent["data"];

export class Presence {
  readonly #seen = new SvelteMap<number, Seen & { version: number }>();

  /** What was last said of a person, or undefined when nothing is known or may be known. */
  of(id: number): Seen | undefined {
    return this.#seen.get(id);
  }

  apply(event: PresenceChangedEvent): void {
    const known = this.#seen.get(event.data.person_id);
    if (!known || event.version > known.version)
      this.#seen.set(event.data.person_id, { ...event.data, version: event.version });
  }

  /** The right to know has ended. */
  forget(id: number): void {
    this.#seen.delete(id);
  }

  clear(): void {
    this.#seen.clear();
  }
}

export const presence = new Presence();
