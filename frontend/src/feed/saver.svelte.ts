/**
 * Keeps one draft on the server as it changes. What has not arrived stays in the browser and leaves
 * when the network is back. When another device was first, what is written here becomes a draft of
 * its own: nothing is overwritten, on either side.
 */
import { newClientId } from "../socket/outbox.svelte";
import { codeOf } from "../ui/why";
import type { DraftBody, DraftView } from "../wire/api";
import { type Draft, TEXT_LIMIT } from "./draft.svelte";

export interface Shop {
  keep: (client_id: string, body: DraftBody) => Promise<DraftView>;
  drop: (client_id: string, version: number) => Promise<void>;
}

interface Attempt {
  readonly key: string;
  readonly said: string;
  readonly body: DraftBody;
}

export const PAUSE = 1_500;
const AGAIN = 15_000;

export class Saver {
  /** local: in this browser only, for now; full: for want of room, until a draft is deleted. */
  state = $state<"none" | "saving" | "saved" | "local" | "full">("none");
  readonly #draft: Draft;
  readonly #server: Shop;
  readonly #split: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy: Promise<boolean> | null = null;
  /** Repeated as it was until it is answered: the server would take other words for those of
   *  another device, if these have arrived. */
  #unanswered: Attempt | null = null;

  /** split: called when this draft has become one of its own. */
  constructor(draft: Draft, server: Shop, split: () => void) {
    this.#draft = draft;
    this.#server = server;
    this.#split = split;
    draft.onkept = () => this.touch();
    this.touch();
  }

  /** It has changed, perhaps: the server gets it in a moment. */
  touch(): void {
    if (this.#draft.clean) {
      if (this.#draft.empty) this.state = "none";
      return;
    }
    this.#later(PAUSE);
  }

  /** Now. Whether the server has it as it is. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    // What was on its way may have been older words, and is told from what is there now.
    while (!this.#draft.clean) {
      this.#busy ??= this.#save().finally(() => {
        this.#busy = null;
      });
      if (!(await this.#busy)) return false;
    }
    return true;
  }

  /** It is posted: nothing more is kept under this name. The version that the server has of it, once
   *  that is known. */
  async release(key: string, version: number): Promise<number> {
    clearTimeout(this.#timer);
    await this.#busy;
    const late = this.#late;
    this.#late = null;
    return late?.key === key ? Math.max(late.version, version) : version;
  }

  #late: { key: string; version: number } | null = null;

  #later(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  async #save(): Promise<boolean> {
    const draft = this.#draft;
    if (draft.length > TEXT_LIMIT) {
      this.state = "local";
      return false;
    }
    this.state = "saving";
    try {
      if (draft.empty) await this.#drop();
      else await this.#keep();
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  async #keep(): Promise<void> {
    const draft = this.#draft;
    const content = draft.content;
    const body = { version: draft.version, spare: newClientId(), ...content };
    const said = JSON.stringify(content);
    const mine = this.#unanswered?.key === draft.key ? this.#unanswered : null;
    const attempt = mine ?? { key: draft.key, said, body };
    this.#unanswered = attempt;
    const view = await this.#server.keep(attempt.key, attempt.body);
    this.#unanswered = null;
    const split = view.client_id !== attempt.key;
    if (draft.key !== attempt.key) {
      // Posted meanwhile, or laid aside. A copy that was made of it is not wanted.
      if (split) await this.#server.drop(view.client_id, view.version).catch(() => {});
      else this.#late = { key: attempt.key, version: view.version };
      return;
    }
    draft.settled(view.client_id, view.version, attempt.said);
    this.state = "saved";
    if (split) this.#split();
  }

  async #drop(): Promise<void> {
    const { key, version } = this.#draft;
    try {
      await this.#server.drop(key, version);
    } catch (error) {
      // Gone already; or another device has written on: then it is theirs.
      if (!["not_found", "conflict"].includes(codeOf(error))) throw error;
    }
    this.state = "none";
    if (this.#draft.key === key) this.#draft.settled(newClientId(), 0, "");
  }

  #failed(error: unknown): void {
    const code = codeOf(error);
    const unknown = ["network", "unavailable", "internal", "other"].includes(code);
    if (!unknown) this.#unanswered = null;
    this.state = code === "full" ? "full" : "local";
    if (unknown || code === "too_fast") this.#later(AGAIN);
  }
}
