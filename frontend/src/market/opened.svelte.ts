/** Items whose page was opened in this browser, the last one first. Nobody is told, the server neither. */
import { session } from "../account/session.svelte";
import { openShelf, type Shelf } from "../ui/shelf";
import type { ItemCard } from "../wire/api";

const MOST = 12;

export class Opened {
  all = $state.raw<readonly ItemCard[]>([]);
  readonly #shelf: Shelf;
  readonly #name: string;

  /** name: one per person, since people share browsers. */
  constructor(shelf: Shelf, name: string) {
    this.#shelf = shelf;
    this.#name = name;
    try {
      const kept: unknown = JSON.parse(shelf.getItem(name) ?? "[]");
      if (Array.isArray(kept)) this.all = kept.filter((one) => typeof one?.id === "number");
    } catch {
      shelf.removeItem(name);
    }
  }

  note(item: ItemCard): void {
    this.all = [item, ...this.all.filter((one) => one.id !== item.id)].slice(0, MOST);
    try {
      this.#shelf.setItem(this.#name, JSON.stringify(this.all));
    } catch {
      // Full or forbidden storage: it then lasts as long as the page.
    }
  }
}

let mine: { person: number; opened: Opened } | null = null;

/** Those of the person who is signed in. */
export function opened(): Opened {
  if (mine?.person !== session.id)
    mine = { person: session.id, opened: new Opened(openShelf(), `opened:${session.id}`) };
  return mine.opened;
}
