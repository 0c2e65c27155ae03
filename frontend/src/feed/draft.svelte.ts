/** What somebody is about to post: kept in the browser until it is posted or emptied, and on the
 *  server (saver.svelte.ts) for their other devices. */
import { newClientId } from "../socket/outbox.svelte";
import type { Shelf } from "../ui/shelf";
import { type Send, Uploads } from "../ui/uploads.svelte";
import type { DraftBody, DraftView, ItemCard, PictureView } from "../wire/api";
import { isWanted, type Wanted } from "./audiences";

export const TEXT_LIMIT = 2000;

interface Kept {
  text: string;
  audience: Wanted;
  item: ItemCard | null;
  pictures: PictureView[];
  of: number | null;
  key: string;
  version: number;
  saved: string;
}

export type Content = Omit<Required<DraftBody>, "version" | "spare">;

export class Draft {
  text = $state("");
  audience = $state.raw<Wanted>("friends");
  item = $state.raw<ItemCard | null>(null);
  /** The post that it shows on. */
  of = $state.raw<number | null>(null);
  /** Its client_id: that of the post it becomes. */
  key = $state(newClientId());
  /** What the server has of it, by its number and its words; 0: nothing. */
  version = 0;
  saved = "";
  readonly uploads: Uploads;
  /** Called when it was kept in the browser. */
  onkept: () => void = () => {};
  readonly #shelf: Shelf;
  readonly #name: string;

  /** name: under which it is kept; one per person, since people share browsers. */
  constructor(send: Send, shelf: Shelf, name: string) {
    this.uploads = new Uploads(send);
    this.#shelf = shelf;
    this.#name = name;
    this.#restore();
  }

  // Getters and not deriveds: a draft outlives the component that shows it.
  /** Characters as the server counts them. */
  get length(): number {
    return [...this.text].length;
  }

  get empty(): boolean {
    return !this.text.trim() && this.uploads.list.length === 0 && this.item === null;
  }

  /** Everything the server keeps of it. */
  get content(): Content {
    return {
      text: this.text.trim(),
      picture_ids: this.uploads.done.map((picture) => picture.id),
      item_id: this.item?.id ?? null,
      of_id: this.of,
      audience: this.audience,
    };
  }

  /** Whether the server has it as it is now. */
  get clean(): boolean {
    return this.empty ? this.version === 0 : JSON.stringify(this.content) === this.saved;
  }

  get ready(): boolean {
    const settled = !this.uploads.busy && !this.uploads.failed;
    return !this.empty && this.length <= TEXT_LIMIT && settled;
  }

  /** Keep it as it is now; call when anything of it has changed. */
  keep(): void {
    const kept: Kept = {
      text: this.text,
      audience: this.audience,
      item: this.item,
      pictures: [...this.uploads.done],
      of: this.of,
      key: this.key,
      version: this.version,
      saved: this.saved,
    };
    try {
      if (this.empty && this.version === 0) this.#shelf.removeItem(this.#name);
      else this.#shelf.setItem(this.#name, JSON.stringify(kept));
    } catch {
      // Full or forbidden storage: the draft then lasts as long as the page.
    }
    this.onkept();
  }

  /** It was handed over for posting. The audience stays: people mostly mean the same one. */
  clear(): void {
    this.text = "";
    this.item = null;
    this.of = null;
    this.uploads.clear();
    this.#is(newClientId(), 0, "");
  }

  /** Go on with one that the server has. */
  take(view: DraftView): void {
    this.text = view.text;
    this.audience = view.audience;
    this.item = view.item;
    this.of = view.of_id;
    this.uploads.clear();
    this.uploads.restore(view.pictures);
    this.#is(view.client_id, view.version, JSON.stringify(this.content));
  }

  /** The server has this of it now, under that name. */
  settled(key: string, version: number, saved: string): void {
    this.#is(key, version, saved);
  }

  #is(key: string, version: number, saved: string): void {
    this.key = key;
    this.version = version;
    this.saved = saved;
    this.keep();
  }

  #restore(): void {
    try {
      const kept = JSON.parse(this.#shelf.getItem(this.#name) ?? "null") as Partial<Kept> | null;
      if (!kept) return;
      this.text = typeof kept.text === "string" ? kept.text : "";
      if (isWanted(kept.audience)) this.audience = kept.audience;
      this.item = kept.item ?? null;
      this.of = kept.of ?? null;
      this.uploads.restore(kept.pictures ?? []);
      if (typeof kept.key !== "string") return;
      this.key = kept.key;
      this.version = kept.version ?? 0;
      this.saved = kept.saved ?? "";
    } catch {
      this.#shelf.removeItem(this.#name);
    }
  }
}
