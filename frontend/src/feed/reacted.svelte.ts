/** People who pressed one emoji, a page at a time. */
import type { PersonCard, ReactedPage } from "../wire/api";

export class Reacted {
  /** null until the first page is here. */
  people = $state.raw<readonly PersonCard[] | null>(null);
  next = $state<string | null>(null);
  error = $state.raw<unknown>(null);
  readonly #read: (cursor?: string) => Promise<ReactedPage>;

  constructor(read: (cursor?: string) => Promise<ReactedPage>) {
    this.#read = read;
    void this.extend();
  }

  async extend(): Promise<void> {
    try {
      const page = await this.#read(this.next ?? undefined);
      this.people = [...(this.people ?? []), ...page.people];
      this.next = page.next;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }
}
