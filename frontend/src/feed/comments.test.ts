import { describe, expect, it } from "vitest";
import { Comments } from "./comments.svelte";
import { chance, comment, World } from "./testworld";

const added = (id: number) =>
  ({ topic: "post:1", number: id, type: "comment.added", data: { comment: comment(id) } }) as const;

describe("a conversation", () => {
  it.each([...Array(60).keys()])("snapshot + events = a fresh snapshot (%i)", (seed) => {
    const by = chance(seed);
    const world = new World();
    for (let i = by.below(25); i > 0; i--) world.talk(by);
    const comments = new Comments();
    comments.load(world.commentPage(null, 4));
    for (let i = 0; i < 40; i++) {
      if (by.below(6) === 0 && comments.next) comments.extend(world.commentPage(comments.next, 4));
      else comments.apply(world.talk(by));
    }
    while (comments.next) comments.extend(world.commentPage(comments.next, 4));
    expect(comments.read).toEqual(world.commentPage(null, 1000).comments);
    expect(comments.late).toEqual([]);
  });

  it("keeps what arrives live apart while older ones are unread", () => {
    const comments = new Comments();
    comments.load({ comments: [comment(1), comment(2)], next: "2", head: 0, epoch: "e" });
    comments.apply(added(9));
    expect(comments.read.map((one) => one.id)).toEqual([1, 2]);
    expect(comments.late.map((one) => one.id)).toEqual([9]);
  });

  it("keeps what arrived before its first page", () => {
    const comments = new Comments();
    comments.apply(added(3));
    comments.load({ comments: [comment(1)], next: null, head: 0, epoch: "e" });
    expect(comments.read.map((one) => one.id)).toEqual([1, 3]);
  });

  it("knows mine by its client_id and shows it once, whoever brings it first", () => {
    const comments = new Comments();
    comments.load({ comments: [], next: null, head: 0, epoch: "e" });
    expect(comments.has(comment(5).client_id)).toBe(false);
    comments.admit(comment(5));
    comments.apply(added(5));
    expect(comments.has(comment(5).client_id)).toBe(true);
    expect(comments.read).toHaveLength(1);
  });

  it("hides one while its deletion can be undone", () => {
    const comments = new Comments();
    comments.load({ comments: [comment(1), comment(2)], next: null, head: 0, epoch: "e" });
    comments.hide(1);
    expect(comments.read.map((one) => one.id)).toEqual([2]);
    comments.unhide(1);
    expect(comments.read.map((one) => one.id)).toEqual([1, 2]);
  });
});
