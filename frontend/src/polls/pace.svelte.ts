/** A value that changes on screen at most once in a while, and always ends at the latest. */

export class Pace<T> {
  shown: T = $state.raw() as T;
  #gap: number;
  #next: T;
  #at = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** gap: milliseconds between two changes. */
  constructor(first: T, gap: number) {
    this.shown = first;
    this.#next = first;
    this.#gap = gap;
  }

  set(value: T, now = performance.now()): void {
    this.#next = value;
    if (this.#timer !== undefined) return;
    const wait = this.#at + this.#gap - now;
    if (wait <= 0) this.#show(now);
    else this.#timer = setTimeout(() => this.#show(performance.now()), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #show(now: number): void {
    this.stop();
    this.#at = now;
    this.shown = this.#next;
  }
}
