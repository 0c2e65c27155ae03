import { expect, it } from "vitest";
import type { ItemPage } from "../wire/api";
import { type Question, Search } from "./search.svelte";

const card = (id: number) => ({ id }) as ItemPage["items"][number];
const settled = () => new Promise((resolve) => setTimeout(resolve));

it("the latest question wins, whichever answer comes first", async () => {
  const answers = new Map<string, (page: ItemPage) => void>();
  const search = new Search(
    (question: Question) => new Promise((resolve) => answers.set(question.q ?? "", resolve)),
  );
  void search.ask({ q: "cam" });
  void search.ask({ q: "camera" });
  answers.get("camera")?.({ items: [card(2)], next: null });
  answers.get("cam")?.({ items: [card(1)], next: null });
  await settled();
  expect(search.found.map((item) => item.id)).toEqual([2]);
});

it("older pages follow, each item once, and a failed one can be had again", async () => {
  let fail = true;
  const search = new Search(async (_, cursor) => {
    if (cursor === null) return { items: [card(3), card(2)], next: "2" };
    if (fail) throw new Error("away");
    return { items: [card(2), card(1)], next: null };
  });
  await search.ask({});
  await search.extend();
  expect(search.more).toBe("failed");
  fail = false;
  await search.extend();
  expect(search.found.map((item) => item.id)).toEqual([3, 2, 1]);
  expect(search.next).toBeNull();
});

it("says that it failed, and asks the same again", async () => {
  let fail = true;
  const search = new Search(async () => {
    if (fail) throw new Error("away");
    return { items: [card(1)], next: null };
  });
  await search.ask({ q: "x" });
  expect(search.phase).toBe("failed");
  fail = false;
  await search.again();
  expect(search.phase).toBe("ready");
});
