import { describe, expect, it } from "vitest";
import type { ItemCard } from "../wire/api";
import { Items } from "./items.svelte";

function card(version: number, minor: number, change: Partial<ItemCard> = {}): ItemCard {
  return {
    id: 1,
    version,
    store: { id: 1, name: "Old Lens House", name_zh: null, mark: null },
    title: "Camera",
    title_zh: null,
    category: "cameras",
    price: { minor, currency: "CNY" },
    was: null,
    stock: 3,
    state: "live",
    picture: null,
    ...change,
  };
}

const changed = (item: ItemCard) =>
  ({ topic: "item:1", version: item.version, type: "item.changed", data: { item } }) as const;

describe("items", () => {
  it("keep the highest version, however it came", () => {
    const items = new Items();
    items.offer([card(2, 200)]);
    items.apply(changed(card(4, 400)));
    items.apply(changed(card(3, 300)));
    items.offer([card(1, 100), null, undefined]);
    expect(items.get(1)?.price.minor).toBe(400);
    expect(items.card(card(2, 200)).price.minor).toBe(400);
    expect(items.card(card(5, 500)).price.minor).toBe(500);
  });

  it("mark a price that moved before the reader's eyes, from where it stood first", () => {
    const items = new Items();
    items.offer([card(1, 300)]);
    items.apply(changed(card(2, 250)), 10);
    items.apply(changed(card(3, 200)), 20);
    expect(items.move(1)).toEqual({ from: 300, at: 20 });
  });

  it("mark nothing when only the stock moved, or nothing was known before", () => {
    const items = new Items();
    items.apply(changed(card(1, 300)));
    items.apply(changed(card(2, 300, { stock: 1 })));
    expect(items.move(1)).toBeUndefined();
    expect(items.get(1)?.stock).toBe(1);
  });
});
