/** Who is writing now. A whisper is believed for a few seconds only. */

import { SvelteMap } from "svelte/reactivity";

const BELIEVED = 6_000;

export class Typing {
  /** room -> people writing there, in the order they began. */
  readonly rooms = new SvelteMap<number, readonly number[]>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();

  hear(room: number, person: number, on: boolean): void {
    const key = `${room}:${person}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const others = this.of(room).filter((one) => one !== person);
    if (on) {
      const there = this.of(room).includes(person);
      if (!there) this.rooms.set(room, [...others, person]);
      this.#timers.set(
        key,
        setTimeout(() => this.hear(room, person, false), BELIEVED),
      );
    } else if (others.length) this.rooms.set(room, others);
    else this.rooms.delete(room);
  }

  of(room: number): readonly number[] {
    return this.rooms.get(room) ?? [];
  }

  /** Without a connection nobody is known to be writing. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.rooms.clear();
  }
}

export const typing = new Typing();

/** Says that I am writing: at most once in 2 s and room, and that I stopped after 4 s of silence. */
export class TypingVoice {
  #say: (on: boolean) => void;
  #saidAt = Number.NEGATIVE_INFINITY;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #on = false;

  constructor(say: (on: boolean) => void) {
    this.#say = say;
  }

  /** A key was pressed. */
  pressed(now = Date.now()): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.stop(), 4_000);
    if (now - this.#saidAt < 2_500) return;
    this.#saidAt = now;
    this.#on = true;
    this.#say(true);
  }

  /** Sent, emptied, or silent. The message itself tells others that it is sent. */
  stop(sent = false): void {
    clearTimeout(this.#silence);
    if (this.#on && !sent) this.#say(false);
    this.#on = false;
    if (sent) this.#saidAt = Number.NEGATIVE_INFINITY;
  }
}
