import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import type { Why } from "../wire/api";
import { Orders, words } from "./order.svelte";
import { posts } from "./posts.svelte";
import { entry, person, post } from "./testworld";

const kept = new Map<string, string>();
const shelf = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
};
const because = (change: Partial<Why> = {}): Why => ({
  kind: "friend",
  person: null,
  others: 0,
  group: null,
  store: null,
  ...change,
});

/** What the server answers, page by page. */
let pages: { ids: number[]; next: string | null }[];

beforeEach(() => {
  kept.clear();
  vi.spyOn(api, "GET").mockImplementation((async () => {
    const { ids, next } = pages.shift() ?? { ids: [], next: null };
    const why = ids.map((id) => because({ kind: "liked", person: person(id), others: 0 }));
    return { data: { entries: ids.map((id) => entry(id, 7)), why, next, epoch: "e" } };
  }) as never);
});

const shown = (one: Orders) => one.source.feed.visible.map((entry) => entry.post.id);

describe("the scored order", () => {
  it("stands as the server gave it, page after page, with the reasons", async () => {
    pages = [
      { ids: [705, 709, 702], next: "a" },
      { ids: [708, 701], next: null },
    ];
    const one = new Orders(1, shelf);
    await one.source.open();
    await one.source.extend();
    expect(shown(one)).toEqual([705, 709, 702, 708, 701]);
    expect(one.why(708)).toBe("Person 708 liked this");
    expect(one.why(1)).toBeNull();
    posts.apply({
      type: "post.deleted",
      topic: "author:7",
      number: 1,
      epoch: "e",
      data: { post_id: 709 },
    } as never);
    expect(shown(one)).toEqual([705, 702, 708, 701]);
  });

  it("shows nothing of mine and nothing that is hidden, should it come", async () => {
    pages = [{ ids: [801], next: null }];
    const one = new Orders(7, shelf);
    await one.source.open();
    expect(shown(one)).toEqual([]);
    posts.keep([{ ...entry(802, 8), post: post(802, 8, { audience: "held" }) }]);
    expect(shown(one)).toEqual([]);
  });

  it("is not the default, is kept for this person, and is made anew when asked for again", async () => {
    const one = new Orders(1, shelf);
    expect(one.chosen).toBe("latest");
    one.choose("foryou");
    expect(new Orders(1, shelf).chosen).toBe("foryou");
    expect(new Orders(2, shelf).chosen).toBe("latest");
    pages = [
      { ids: [902, 901], next: null },
      { ids: [901, 903], next: null },
    ];
    await one.source.open();
    one.choose("foryou");
    await vi.waitFor(() => expect(shown(one)).toEqual([901, 903]));
    one.choose("latest");
    expect(new Orders(1, shelf).chosen).toBe("latest");
  });
});

describe("why", () => {
  it("is said in words", async () => {
    const li = { ...person(3), name: "Li" };
    expect(words(because({ kind: "liked", person: li, others: 2 }))).toBe(
      "Li and 2 friends liked this",
    );
    expect(words(because({ kind: "said", person: li, others: 1 }))).toBe(
      "Li and 1 friend talked about this",
    );
    const store = { id: 1, name: "Lantern", name_zh: "灯笼", mark: null };
    expect(words(because({ kind: "store", store }))).toBe("From a store you follow: Lantern");
    const group = { id: 1, name: "Lenses" };
    expect(words(because({ kind: "talk", group }))).toBe("Your group Lenses talks about it");
    expect(words(because({ kind: "kept" }))).toBe("About a thing you keep");
    await i18n.use("zh");
    expect(words(because({ kind: "store", store }))).toBe("来自你关注的店铺：灯笼");
    await i18n.use("en");
  });
});
