/**
 * Posts on their way. They are kept in the browser until the server has answered, and repeated with
 * the same client_id: no answer means unknown, never failed, and repeating is harmless.
 */
import type { Shelf } from "../ui/shelf";
import type { ItemCard, PictureView, PostDraft, PostEntry } from "../wire/api";

/** A post as it leaves; of_id: the one that it shows on. */
export type Outgoing = PostDraft & { readonly of_id?: number };

/** code: an error code of the server; retry: whether the same post may be taken later. */
export class PostError extends Error {
  readonly code: string;
  readonly retry: boolean;

  constructor(code: string, retry: boolean) {
    super(code);
    this.code = code;
    this.retry = retry;
  }
}

export interface Leaving {
  readonly draft: Outgoing;
  /** For showing it before the server has it. */
  readonly pictures: readonly PictureView[];
  readonly item: ItemCard | null;
  readonly since: number;
  /** sending; unsure: no answer yet, tried again by itself; failed: the server said no. */
  state: "sending" | "unsure" | "failed";
  /** The server's code when it said no. */
  code: string | null;
}

const PATIENCE = 5 * 60_000;
const PAUSE = 5_000;

export class Sending {
  list = $state<Leaving[]>([]);
  readonly #publish: (draft: Outgoing) => Promise<PostEntry>;
  readonly #settled: (entry: PostEntry) => void;
  readonly #shelf: Shelf;
  readonly #name: string;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** publish: rejects with a PostError, or with anything else when no answer came. */
  constructor(
    publish: (draft: Outgoing) => Promise<PostEntry>,
    settled: (entry: PostEntry) => void,
    shelf: Shelf,
    name: string,
  ) {
    this.#publish = publish;
    this.#settled = settled;
    this.#shelf = shelf;
    this.#name = name;
  }

  /** Posts that were on their way when the page was closed. */
  resume(): void {
    try {
      const kept = JSON.parse(this.#shelf.getItem(this.#name) ?? "[]") as Leaving[];
      for (const one of kept) {
        if (this.list.some((known) => known.draft.client_id === one.draft.client_id)) continue;
        this.list.push(one);
        if (one.state !== "failed") void this.#try(one.draft.client_id);
      }
    } catch {
      this.#shelf.removeItem(this.#name);
    }
  }

  send(draft: Outgoing, pictures: readonly PictureView[], item: ItemCard | null): void {
    this.list.unshift({ draft, pictures, item, since: Date.now(), state: "sending", code: null });
    this.#keep();
    void this.#try(draft.client_id);
  }

  /** The person asks for another try, or the network is back. */
  again(client_id: string): void {
    const one = this.#find(client_id);
    if (!one || one.state === "sending") return;
    one.state = "sending";
    one.code = null;
    void this.#try(client_id);
  }

  /** Try at once whatever waits for the network. */
  wake(): void {
    for (const one of this.list) if (one.state === "unsure") this.again(one.draft.client_id);
  }

  /** Given up by the person, or settled by an event with the same client_id. */
  settle(client_id: string): void {
    clearTimeout(this.#timers.get(client_id));
    this.#timers.delete(client_id);
    if (!this.#find(client_id)) return;
    this.list = this.list.filter((one) => one.draft.client_id !== client_id);
    this.#keep();
  }

  async #try(client_id: string): Promise<void> {
    clearTimeout(this.#timers.get(client_id));
    const one = this.#find(client_id);
    if (!one) return;
    try {
      const entry = await this.#publish($state.snapshot(one.draft) as Outgoing);
      this.settle(client_id);
      this.#settled(entry);
    } catch (error) {
      this.#failed(client_id, error);
    }
  }

  #failed(client_id: string, error: unknown): void {
    const one = this.#find(client_id);
    if (!one) return;
    const refused = error instanceof PostError && !error.retry;
    const old = Date.now() - one.since > PATIENCE;
    one.state = refused || old ? "failed" : "unsure";
    one.code = error instanceof PostError ? error.code : "network";
    if (one.state === "unsure")
      this.#timers.set(
        client_id,
        setTimeout(() => this.again(client_id), PAUSE),
      );
    this.#keep();
  }

  #find(client_id: string): Leaving | undefined {
    return this.list.find((one) => one.draft.client_id === client_id);
  }

  #keep(): void {
    try {
      if (this.list.length === 0) this.#shelf.removeItem(this.#name);
      else this.#shelf.setItem(this.#name, JSON.stringify($state.snapshot(this.list)));
    } catch {
      // Full or forbidden storage: they then last as long as the page.
    }
  }
}
