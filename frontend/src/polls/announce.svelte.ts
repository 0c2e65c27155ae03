/** A tally said aloud at most once in a while, and only when it has moved. */

const EVERY = 10_000;

export class Announcer {
  said = $state("");
  #last: string | null = null;
  #next = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What is true now. The first is on the page already and is not said. */
  tell(sentence: string): void {
    if (this.#last === null) this.#last = sentence;
    this.#next = sentence;
    if (sentence === this.#last) return;
    this.#timer ??= setTimeout(() => this.#say(), EVERY);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#timer = undefined;
    if (this.#next === this.#last) return;
    this.said = this.#next;
    this.#last = this.#next;
  }
}
