import { describe, expect, it } from "vitest";
import { Asking, MOST } from "./asking.svelte";
import type { ItemCard } from "./wire";

const item = (id: number): ItemCard => ({
  id,
  version: 1,
  store: { id: 1, name: "Store", name_zh: null, mark: null },
  title: `item ${id}`,
  title_zh: null,
  category: "phones",
  price: { minor: 100, currency: "CNY" },
  was: null,
  stock: 1,
  state: "live",
  picture: null,
});

function asked(...texts: string[]): Asking {
  const asking = new Asking();
  asking.question = "Which?";
  while (asking.choices.length < texts.length) asking.add();
  texts.forEach((text, index) => {
    asking.choices[index]!.text = text;
  });
  return asking;
}

describe("a vote that is being put together", () => {
  it("starts with two choices, or with the items it is about", () => {
    expect(new Asking().choices).toHaveLength(2);
    const about = new Asking([item(7)]);
    expect(about.choices.map((one) => one.item?.id ?? null)).toEqual([7, null]);
  });

  it("knows when only pictures on their way are missing", () => {
    const asking = asked("a", "b");
    const picture = asking.choices[0]!.picture;
    picture.list = [{ key: "k", name: "p", preview: null, share: 0, view: null, error: null }];
    expect([asking.ready(0), asking.coming(0)]).toEqual([false, true]);
    asking.question = "";
    expect([asking.ready(0), asking.coming(0)]).toEqual([false, false]);
    asking.question = "Which?";
    picture.list[0]!.error = "network";
    expect([asking.ready(0), asking.coming(0)]).toEqual([false, false]);
    picture.list = [];
    expect([asking.ready(0), asking.coming(0)]).toEqual([true, false]);
  });

  it("never has fewer than two", () => {
    const asking = asked("a", "b", "c");
    for (const { key } of [...asking.choices]) asking.remove(key);
    expect(asking.choices).toHaveLength(2);
  });

  it("leaves out choices that nobody filled in", () => {
    const asking = asked("a", "", "b");
    expect(asking.ready(0)).toBe(true);
    const draft = asking.draft({ kind: "room", room_id: 1 }, 0);
    expect(draft.options.map((option) => option.text)).toEqual(["a", "b"]);
  });

  it.each([
    ["too few", ["a", ""], 1, "empty"],
    ["the same words", ["Red", " red "], 0, "same"],
    ["too many words", ["a".repeat(201), "b"], 0, "long"],
  ])("says what is wrong: %s", (_, texts, index, problem) => {
    const asking = asked(...texts);
    expect(asking.problem(asking.choices[index]!)).toBe(problem);
    expect(asking.ready(0)).toBe(false);
  });

  it("needs a question", () => {
    const asking = asked("a", "b");
    asking.question = "  ";
    expect(asking.ready(0)).toBe(false);
  });

  it("counts the end in seconds from the server's now", () => {
    const asking = asked("a", "b");
    asking.lasts = 3_600_000;
    expect(asking.draft({ kind: "room", room_id: 1 }, 0).closes_in).toBe(3600);
    asking.lasts = "own";
    asking.until = "2026-01-02T10:00";
    const now = new Date("2026-01-02T09:59").getTime();
    expect(asking.deadlineProblem(now)).toBe(false);
    expect(asking.draft({ kind: "room", room_id: 1 }, now).closes_in).toBe(60);
    expect(asking.deadlineProblem(now + 55_000)).toBe(true);
    asking.until = "";
    expect(asking.ready(now)).toBe(false);
  });

  it("shows an item or a picture, not both", () => {
    const asking = new Asking([item(7), item(8)]);
    asking.question = "Which?";
    const { options } = asking.draft({ kind: "room", room_id: 1 }, 0);
    expect(options).toEqual([
      { text: "", item_id: 7, picture_id: null },
      { text: "", item_id: 8, picture_id: null },
    ]);
    expect(asking.ready(0)).toBe(true);
  });
});

it("a tap on a thing puts it to the vote, another takes it out again", () => {
  const asking = new Asking();
  const [lamp, lens, loom] = [1, 2, 3].map((id) => ({ id }) as ItemCard);
  if (!lamp || !lens || !loom) throw new Error("three things");
  asking.choices[0]!.text = "in words";
  for (const one of [lamp, lens]) asking.turn(one);
  expect(asking.choices.map((one) => one.item?.id ?? one.text)).toEqual(["in words", 1, 2]);
  asking.turn(lamp);
  expect(asking.choices.map((one) => one.item?.id ?? one.text)).toEqual(["in words", 2]);
  asking.choices[1]!.text = "said of it";
  asking.turn(lens);
  expect(asking.choices.map((one) => one.text)).toEqual(["in words", "said of it"]);
  for (let id = 10; id < 40; id += 1) asking.turn({ id } as ItemCard);
  expect(asking.choices.length).toBe(MOST);
  expect(asking.full).toBe(true);
  asking.turn(loom);
  expect(asking.items.has(3)).toBe(false);
});
