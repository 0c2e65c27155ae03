import { describe, expect, it } from "vitest";
import { makeMessage } from "./room.model";
import { changedAtStart, type Reader, rowsOf } from "./rows";
import type { Pending } from "./sending.svelte";

const reader: Reader = {
  me: 1,
  firstUnread: null,
  dayOf: (at) => new Date(at).toISOString().slice(0, 10),
};

function said(...authors: number[]) {
  return authors.map((author, index) => makeMessage(7, index + 1, author));
}

function pending(clientId: string, at: number): Pending {
  const words = { text: "x", mentions: [], replyTo: null, item: null };
  const rest = { pictures: [], uploads: null, error: null };
  return { ...words, ...rest, clientId, roomId: 7, at, progress: "sending" };
}

describe("runs", () => {
  it("begin with another author and end before them", () => {
    const rows = rowsOf(said(2, 2, 3, 3, 1), [], reader);
    expect(rows.map((row) => row.first)).toEqual([true, false, true, false, true]);
    expect(rows.map((row) => row.last)).toEqual([false, true, false, true, true]);
    expect(rows.map((row) => row.mine)).toEqual([false, false, false, false, true]);
  });

  it("break after a silence, and between a person and the store they speak for", () => {
    const [a, b, c] = said(2, 2, 2);
    const rows = rowsOf(
      [a!, { ...b!, at: b!.at + 600_000 }, { ...c!, at: b!.at + 600_001, as_store: true }],
      [],
      reader,
    );
    expect(rows.map((row) => row.first)).toEqual([true, true, true]);
  });
});

describe("rules", () => {
  it("name a day once", () => {
    const [a, b, c] = said(2, 2, 2);
    const rows = rowsOf([a!, b!, { ...c!, at: c!.at + 86_400_000 }], [], reader);
    expect(rows.map((row) => row.day)).toEqual([true, false, true]);
  });

  it("stand before the first new message of somebody else and count what follows", () => {
    const rows = rowsOf(said(2, 1, 2, 1, 3), [], { ...reader, firstUnread: 2 });
    expect(rows.map((row) => row.fresh)).toEqual([0, 0, 2, 0, 0]);
  });

  it("count what is not loaded yet as well", () => {
    const rows = rowsOf(said(2, 3), [], { ...reader, firstUnread: 2, unread: 120 });
    expect(rows[1]?.fresh).toBe(120);
  });

  it("do not stand where only mine is new", () => {
    const rows = rowsOf(said(2, 1), [], { ...reader, firstUnread: 2 });
    expect(rows.every((row) => row.fresh === 0)).toBe(true);
  });
});

describe("my own on their way", () => {
  it("settle under the same key, and never stand twice", () => {
    const messages = said(2, 1);
    const mine = messages[1]!;
    const before = rowsOf([messages[0]!], [pending(mine.client_id, mine.at)], reader);
    const after = rowsOf(messages, [pending(mine.client_id, mine.at)], reader);
    expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key));
    expect(after.at(-1)?.kind).toBe("message");
  });

  it("are not confused with a stranger's message that borrows the client id", () => {
    const theirs = { ...makeMessage(7, 1, 2), client_id: "f".repeat(32) };
    const rows = rowsOf([theirs], [pending("f".repeat(32), theirs.at)], reader);
    expect(new Set(rows.map((row) => row.key)).size).toBe(2);
  });
});

describe("holding the place", () => {
  const keys = (...ordinals: number[]) =>
    rowsOf(
      ordinals.map((ordinal) => makeMessage(7, ordinal, 2)),
      [],
      reader,
    );

  it.each([
    ["older ones came", [3, 4], [1, 2, 3, 4], true],
    ["old ones were let go", [1, 2, 3], [3], true],
    ["new ones came", [1, 2], [1, 2, 3], false],
    ["another part is shown", [1, 2], [7, 8, 9], false],
    ["nothing was there", [], [1], false],
  ])("%s", (_, before, now, expected) => {
    expect(changedAtStart(keys(...before), keys(...now))).toBe(expected);
  });
});
