/** Items as they are now: one card for each, the same in a feed, a chat, a vote, a list. */
import { SvelteMap } from "svelte/reactivity";
import type { ItemCard } from "../wire/api";
import type { ItemChangedEvent } from "../wire/events";

/** A price that moved before the reader's eyes. */
export interface Move {
  /** Before the first move that was seen, in minor units. */
  readonly from: number;
  /** When the last one was seen, by this browser's clock. */
  readonly at: number;
}

export class Items {
  readonly #cards = new SvelteMap<number, ItemCard>();
  readonly #moves = new SvelteMap<number, Move>();

  /** The newest known card; what was sent with a post or a message may be older. */
  card(given: ItemCard): ItemCard {
    const known = this.#cards.get(given.id);
    return known && known.version >= given.version ? known : given;
  }

  get(id: number): ItemCard | undefined {
    return this.#cards.get(id);
  }

  /** The mark of a price that moved while it was watched. */
  move(id: number): Move | undefined {
    return this.#moves.get(id);
  }

  /** Cards that came with a page, a post or a message. */
  offer(cards: Iterable<ItemCard | null | undefined>): void {
    for (const card of cards)
      if (card && card.version > (this.#cards.get(card.id)?.version ?? 0))
        this.#cards.set(card.id, card);
  }

  apply(event: ItemChangedEvent, now: number = Date.now()): void {
    const { item } = event.data;
    const known = this.#cards.get(item.id);
    if (known && known.version >= item.version) return;
    this.#cards.set(item.id, item);
    if (!known || known.price.currency !== item.price.currency) return;
    if (known.price.minor === item.price.minor) return;
    const from = this.#moves.get(item.id)?.from ?? known.price.minor;
    this.#moves.set(item.id, { from, at: now });
  }

  clear(): void {
    this.#cards.clear();
    this.#moves.clear();
  }
}

export const items = new Items();
