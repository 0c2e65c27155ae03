import { describe, expect, it } from "vitest";
import { Comments } from "./comments.svelte";
import { chance, comment, person, World } from "./testworld";

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

  it("settles mine by its client_id and shows it once", () => {
    const comments = new Comments();
    comments.load({ comments: [], next: null, head: 0, epoch: "e" });
    comments.send(comment(5).client_id, "Comment 5", person(2));
    expect(comments.pending).toHaveLength(1);
    comments.apply(added(5));
    expect(comments.pending).toHaveLength(0);
    expect(comments.read).toHaveLength(1);
  });

  it("a failed one stays until it is sent again or given up", () => {
    const comments = new Comments();
    comments.send("a", "Hello", person(2));
    comments.fail("a", "forbidden");
    expect(comments.pending[0]?.failed).toBe("forbidden");
    comments.discard("a");
    expect(comments.pending).toEqual([]);
  });
});
