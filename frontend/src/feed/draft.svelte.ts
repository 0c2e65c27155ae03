/** What somebody is about to post: kept in the browser until it is posted or emptied. */
import type { Shelf } from "../ui/shelf";
import { type Send, Uploads } from "../ui/uploads.svelte";
import type { ItemCard, PictureView } from "../wire/api";
import { isWanted, type Wanted } from "./audiences";

export const TEXT_LIMIT = 2000;

interface Kept {
  text: string;
  audience: Wanted;
  item: ItemCard | null;
  pictures: PictureView[];
}

export class Draft {
  text = $state("");
  audience = $state.raw<Wanted>("friends");
  item = $state.raw<ItemCard | null>(null);
  readonly uploads: Uploads;
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
    };
    try {
      if (this.empty) this.#shelf.removeItem(this.#name);
      else this.#shelf.setItem(this.#name, JSON.stringify(kept));
    } catch {
      // Full or forbidden storage: the draft then lasts as long as the page.
    }
  }

  /** It was handed over for posting. The audience stays: people mostly mean the same one. */
  clear(): void {
    this.text = "";
    this.item = null;
    this.uploads.clear();
    this.keep();
  }

  #restore(): void {
    try {
      const kept = JSON.parse(this.#shelf.getItem(this.#name) ?? "null") as Partial<Kept> | null;
      if (!kept) return;
      this.text = typeof kept.text === "string" ? kept.text : "";
      if (isWanted(kept.audience)) this.audience = kept.audience;
      this.item = kept.item ?? null;
      this.uploads.restore(kept.pictures ?? []);
    } catch {
      this.#shelf.removeItem(this.#name);
    }
  }
}
