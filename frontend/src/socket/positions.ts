/** The last number of every topic: next -> apply, seen -> drop, gap -> hold and ask. */
import type { LiveEvent } from "../wire/events";

export const HOLD = 500;

interface Position {
  number: number;
  /** The highest number we know to exist. */
  head: number;
  held: Map<number, LiveEvent>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class Positions {
  readonly #positions = new Map<string, Position>();
  /** Versions of snapshots by topic, type and key. */
  readonly #versions = new Map<string, number>();

  /**
   * apply: what an event does; ask: fetch everything after the number of this topic.
   * The number moves before apply runs, so a callback that throws cannot make it run twice.
   */
  constructor(
    private readonly apply: (event: LiveEvent) => void,
    private readonly ask: (topic: string) => void,
  ) {}

  /** The number up to which this topic is known here, if it is a logged one we follow. */
  of(topic: string): number | undefined {
    return this.#positions.get(topic)?.number;
  }

  /** A fresh load or a reset: everything up to here is on the screen. */
  set(topic: string, number: number): void {
    this.drop(topic);
    this.#positions.set(topic, { number, head: number, held: new Map(), timer: undefined });
  }

  drop(topic: string): void {
    clearTimeout(this.#positions.get(topic)?.timer);
    this.#positions.delete(topic);
    for (const key of this.#versions.keys()) {
      if (key.startsWith(`${topic} `)) this.#versions.delete(key);
    }
  }

  /** Everything is uncertain, as after an unknown epoch. */
  clear(): void {
    for (const { timer } of this.#positions.values()) clearTimeout(timer);
    this.#positions.clear();
    this.#versions.clear();
  }

  accept(event: LiveEvent): void {
    if ("number" in event) this.#logged(event, event.number);
    else if ("version" in event) this.#snapshot(event, event.version);
    else this.apply(event);
  }

  /** The server says where a topic stands: are we behind? */
  head(topic: string, number: number): void {
    const position = this.#positions.get(topic);
    if (position && number > position.number) this.#doubt(topic, position, number);
  }

  #logged(event: LiveEvent, number: number): void {
    const position = this.#positions.get(event.topic);
    if (!position || number <= position.number) return;
    if (number > position.number + 1) {
      position.held.set(number, event);
      this.#doubt(event.topic, position, number);
      return;
    }
    this.#advance(position, number, event);
    for (;;) {
      const next = position.held.get(position.number + 1);
      if (!next) break;
      position.held.delete(position.number + 1);
      this.#advance(position, position.number + 1, next);
    }
    if (position.number >= position.head) {
      clearTimeout(position.timer);
      position.timer = undefined;
    }
  }

  #advance(position: Position, number: number, event: LiveEvent): void {
    position.number = number;
    this.apply(event);
  }

  #snapshot(event: LiveEvent & { version: number; key?: string }, version: number): void {
    const name = `${event.topic} ${event.type} ${event.key ?? ""}`;
    const known = this.#versions.get(name);
    if (known !== undefined && version <= known) return;
    this.#versions.set(name, version);
    this.apply(event);
  }

  /** What is missing may be on its way: ask only when it has not come by then. */
  #doubt(topic: string, position: Position, head: number): void {
    position.head = Math.max(position.head, head);
    position.timer ??= setTimeout(() => {
      position.timer = undefined;
      position.held.clear();
      this.ask(topic);
    }, HOLD);
  }
}
