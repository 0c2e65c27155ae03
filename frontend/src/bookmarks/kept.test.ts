import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { BookmarkIndex, BookmarkView, ItemCard } from "../wire/api";
import type { BookmarksChangedEvent } from "../wire/events";
import KeepButton from "./Keep.svelte";
import { asBefore, Kept, kept } from "./kept.svelte";

const broken = new ApiError(500, { code: "internal", message: "", retry: true });

function card(id: number): ItemCard {
  return {
    id,
    version: 1,
    store: { id: 1, name: "Lantern", name_zh: null, mark: null },
    title: `Thing ${id}`,
    title_zh: null,
    category: "home",
    price: { minor: 1_000, currency: "CNY" },
    was: null,
    stock: 1,
    state: "live",
    picture: null,
  };
}

function bookmark(id: number, change: Partial<BookmarkView> = {}): BookmarkView {
  return {
    item: card(id),
    folder_id: null,
    note: "",
    tags: [],
    desired_minor: null,
    // biome-ignore lint/suspicious/noThenProperty: the name on the wire
    then: { minor: 1_000, currency: "CNY" },
    titled: `Thing ${id}`,
    other_thing: false,
    made_at: 1,
    ...change,
  };
}

const index = (...item_ids: number[]): BookmarkIndex => ({
  item_ids,
  folders: [],
  tags: [],
  head: 0,
});

function told(keep: number[], dropped: number[] = []): BookmarksChangedEvent {
  return {
    topic: "user:1",
    type: "bookmarks.changed",
    number: 1,
    data: { kept: keep, dropped },
  } as BookmarksChangedEvent;
}

let answers: Record<string, () => Promise<unknown>>;

beforeEach(async () => {
  await i18n.use("en");
  answers = {};
  for (const method of ["GET", "PUT", "DELETE"] as const)
    vi.spyOn(api, method).mockImplementation((async () => ({
      data: await answers[method]?.(),
    })) as never);
  kept.clear();
  toasts.all = [];
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("what is kept", () => {
  it("is not known before it is loaded", () => {
    const store = new Kept();
    expect(store.has(1)).toBeUndefined();
    store.learn(index(1));
    expect([store.has(1), store.has(2), store.count]).toEqual([true, false, 1]);
  });

  it("follows what is told, in any order and twice", () => {
    const store = new Kept();
    store.learn(index(1, 2));
    for (const event of [told([3]), told([3]), told([], [1]), told([], [1, 9])]) store.apply(event);
    expect([1, 2, 3, 9].map((id) => store.has(id))).toEqual([false, true, true, false]);
    expect(store.changes).toBe(4);
  });

  it("shows the tap at once, and takes it back when the server says no", async () => {
    const store = new Kept();
    store.learn(index());
    let fail: (error: Error) => void = () => {};
    answers.PUT = () => new Promise((_, reject) => (fail = reject));
    const keeping = store.keep(1);
    expect(store.has(1)).toBe(true);
    fail(broken);
    await expect(keeping).rejects.toBe(broken);
    expect(store.has(1)).toBe(false);
  });

  it("believes an event more than an answer that was under way", async () => {
    const store = new Kept();
    store.learn(index());
    let answer: (view: BookmarkView) => void = () => {};
    answers.PUT = () => new Promise((resolve) => (answer = resolve));
    const keeping = store.keep(1);
    store.apply(told([1]));
    store.apply(told([], [1])); // dropped on another device
    answer(bookmark(1));
    await keeping;
    expect(store.has(1)).toBe(false);
  });
});

describe("the mark", () => {
  const mark = { name: "Keep Thing 1" };
  const pressed = () => screen.getByRole("button", mark).getAttribute("aria-pressed");

  it("waits until it is known, then keeps by keyboard", async () => {
    render(KeepButton, { item: card(1) });
    expect(screen.getByRole<HTMLButtonElement>("button", mark).disabled).toBe(true);
    kept.learn(index());
    answers.PUT = async () => bookmark(1);
    await vi.waitFor(() => expect(pressed()).toBe("false"));
    screen.getByRole("button", mark).focus();
    await userEvent.keyboard("{Enter}");
    expect(pressed()).toBe("true");
    expect(toasts.all).toEqual([]);
  });

  it("drops with everything to be put back", async () => {
    const before = bookmark(1, { folder_id: 4, note: "why", tags: ["gift"], desired_minor: 900 });
    kept.learn(index(1));
    answers.GET = async () => before;
    render(KeepButton, { item: card(1) });
    await userEvent.click(screen.getByRole("button", mark));
    await vi.waitFor(() => expect(pressed()).toBe("false"));
    expect(api.DELETE).toHaveBeenCalledTimes(1);
    answers.PUT = async () => before;
    toasts.all[0]?.action?.act();
    await vi.waitFor(() => expect(pressed()).toBe("true"));
    expect(api.PUT).toHaveBeenCalledWith("/api/bookmarks/{item_id}", {
      params: { path: { item_id: 1 } },
      body: asBefore(before),
    });
    expect(asBefore(before)).toEqual({
      folder_id: 4,
      note: "why",
      tags: ["gift"],
      desired_minor: 900,
    });
  });

  it("says what went wrong", async () => {
    kept.learn(index());
    answers.PUT = async () => {
      throw broken;
    };
    render(KeepButton, { item: card(1) });
    await userEvent.click(screen.getByRole("button", mark));
    await vi.waitFor(() => expect(toasts.all[0]?.text).toMatch(/^That did not work/));
    expect(pressed()).toBe("false");
  });
});
