import { describe, expect, it } from "vitest";
import { askedAt, completed, matching } from "./mentions";
import { card } from "./room.model";
import type { Member } from "./wire";

function member(id: number, name: string, username: string): Member {
  return { person: { ...card(id), name, username }, role: "member", joined_at: 0 };
}

const members = [
  member(1, "Me Myself", "me"),
  member(2, "Mei Zhou", "mei"),
  member(3, "Li Mei", "lili"),
  member(4, "周梅", "zhoumei"),
  member(5, "Bo", "meister"),
];

describe("an @", () => {
  it.each([
    ["@", 1, ""],
    ["hey @me", 7, "me"],
    ["看@周", 3, "周"],
    ["(@mei z", 7, "mei z"],
  ])("asks in %s", (text, caret, words) => {
    expect(askedAt(text, caret)?.words).toBe(words);
  });

  it.each([
    ["me@example", 10],
    ["@mei zhou and", 13],
    ["@mei\nx", 6],
    ["no", 2],
  ])("does not ask in %s", (text, caret) => {
    expect(askedAt(text, caret)).toBeNull();
  });
});

it("finds those who fit, names that begin so first, never me", () => {
  expect(matching("me", members, 1).map((person) => person.id)).toEqual([2, 5, 3]);
  expect(matching("周", members, 1).map((person) => person.id)).toEqual([4]);
  expect(matching("xyz", members, 1)).toEqual([]);
});

it("puts the name in and the caret behind it", () => {
  const asked = askedAt("hey @me you", 7);
  expect(completed("hey @me you", asked!, "Mei Zhou")).toEqual({
    text: "hey @Mei Zhou you",
    caret: 14,
  });
});
