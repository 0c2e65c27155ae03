import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Shelf } from "../ui/shelf";
import type { PictureView, PostDraft, PostEntry } from "../wire/api";
import { Draft } from "./draft.svelte";
import { PostError, Sending } from "./sending.svelte";
import { entry } from "./testworld";

function shelf(): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

const picture: PictureView = {
  id: 4,
  width: 10,
  height: 10,
  alt: "",
  placeholder: "",
  sources: [],
};
const never = () => new Promise<PictureView>(() => {});
const draft = (client_id: string): PostDraft => ({
  client_id,
  text: "Hello",
  picture_ids: [],
  item_id: null,
  audience: "friends",
});

describe("a draft", () => {
  it("survives a reload with its words, audience and finished pictures", () => {
    const place = shelf();
    const first = new Draft(never, place, "me");
    first.text = "Found a teapot";
    first.audience = "everyone";
    first.uploads.restore([picture]);
    first.keep();
    const second = new Draft(never, place, "me");
    expect(second.text).toBe("Found a teapot");
    expect(second.audience).toBe("everyone");
    expect(second.uploads.done.map((one) => one.id)).toEqual([4]);
    expect(new Draft(never, place, "somebody else").empty).toBe(true);
  });

  it("leaves nothing behind once it is empty", () => {
    const place = shelf();
    const one = new Draft(never, place, "me");
    one.text = "x";
    one.keep();
    one.clear();
    expect(place.kept.size).toBe(0);
  });

  it("counts characters as the server does and waits for pictures", () => {
    const one = new Draft(never, shelf(), "me");
    one.text = "👩‍👩‍👧".repeat(400);
    expect(one.length).toBe(2000);
    expect(one.ready).toBe(true);
    one.text += "x";
    expect(one.ready).toBe(false);
  });

  it("forgives a spoilt shelf", () => {
    const place = shelf();
    place.setItem("me", "{not json");
    expect(new Draft(never, place, "me").empty).toBe(true);
  });
});

describe("posts on their way", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function sending(publish: (one: PostDraft) => Promise<PostEntry>, place = shelf()) {
    const settled: PostEntry[] = [];
    return {
      place,
      settled,
      outbox: new Sending(publish, (one) => settled.push(one), place, "me"),
    };
  }

  it("show at once and are settled by the answer", async () => {
    const { outbox, settled, place } = sending(async () => entry(1));
    outbox.send(draft("a"), [], null);
    expect(outbox.list[0]?.state).toBe("sending");
    await vi.runAllTimersAsync();
    expect(outbox.list).toEqual([]);
    expect(settled).toHaveLength(1);
    expect(place.kept.size).toBe(0);
  });

  it("are tried again by themselves while no answer comes, with the same client_id", async () => {
    const ids: string[] = [];
    const { outbox } = sending(async (one) => {
      ids.push(one.client_id);
      if (ids.length < 3) throw new TypeError("network");
      return entry(1);
    });
    outbox.send(draft("a"), [], null);
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.list[0]?.state).toBe("unsure");
    await vi.advanceTimersByTimeAsync(11_000);
    expect(ids).toEqual(["a", "a", "a"]);
    expect(outbox.list).toEqual([]);
  });

  it("ask the person after five minutes without an answer", async () => {
    const { outbox } = sending(async () => {
      throw new TypeError("network");
    });
    outbox.send(draft("a"), [], null);
    await vi.advanceTimersByTimeAsync(5 * 60_000 + 10_000);
    expect(outbox.list[0]).toMatchObject({ state: "failed", code: "network" });
  });

  it("stop at a no, and stay until tried again or given up", async () => {
    const publish = vi.fn(async () => {
      throw new PostError("bad_field", false);
    });
    const { outbox } = sending(publish);
    outbox.send(draft("a"), [], null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(publish).toHaveBeenCalledTimes(1);
    expect(outbox.list[0]).toMatchObject({ state: "failed", code: "bad_field" });
    outbox.settle("a");
    expect(outbox.list).toEqual([]);
  });

  it("go on after a reload", async () => {
    const place = shelf();
    sending(() => new Promise(() => {}), place).outbox.send(draft("a"), [], null);
    const { outbox, settled } = sending(async () => entry(1), place);
    outbox.resume();
    expect(outbox.list).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(settled).toHaveLength(1);
    expect(place.kept.size).toBe(0);
  });

  it("are settled by the event when the answer was lost", async () => {
    const { outbox } = sending(() => new Promise(() => {}));
    outbox.send(draft("a"), [], null);
    outbox.settle("a");
    await vi.runAllTimersAsync();
    expect(outbox.list).toEqual([]);
  });
});
