import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { person } from "../feed/testworld";
import type { Watch } from "../socket/live.svelte";
import type { Me, TieView } from "../wire/api";

const { api } = await import("../http");
const { session } = await import("../account/session.svelte");
const { live } = await import("../socket/live.svelte");
const { around } = await import("./around.svelte");
const { asNow } = await import("./cards");
const { peopleHandlers } = await import("./handlers");
const { presence } = await import("./presence.svelte");
const { ties } = await import("./ties.svelte");

/** What is watched now, by topic, and every join that was asked for. */
const watched = new Map<string, Watch>();
let joins: string[];
let loads: number;
let heads: Record<string, number>;

const friend = (id: number): TieView => ({ person: person(id), tie: "friends", at: id });
const me = (show_presence: boolean) => ({ person: person(1), show_presence }) as Me;
const settle = async (ms = 0) => {
  flushSync();
  await vi.advanceTimersByTimeAsync(ms);
  flushSync();
};
const changed = (id: number, name: string) =>
  peopleHandlers["person.changed"]({
    topic: `author:${id}`,
    number: 1,
    type: "person.changed",
    data: { person: { ...person(id), name } },
  });

/** The server says that this may not be watched any more. */
function drop(topic: string): void {
  const watch = watched.get(topic);
  watched.delete(topic);
  watch?.onGone?.();
}

const fresh = () => ({
  friends: [2, 3].map(friend),
  asking: [{ ...friend(4), tie: "asking" }],
  asked: [],
  blocked: [],
  muted: [],
  restricted: [],
  head: 0,
  heads,
  epoch: "e",
});

beforeEach(async () => {
  vi.useFakeTimers();
  heads = { "author:2": 5, "author:3": 7 };
  loads = 0;
  joins = [];
  vi.spyOn(api, "GET").mockImplementation((async () => {
    loads += 1;
    return { data: fresh() };
  }) as never);
  vi.spyOn(live, "watch").mockImplementation((topic, watch = {}) => {
    joins.push(topic);
    watched.set(topic, watch);
    return () => watched.delete(topic);
  });
  session.me = me(true);
  await around.load();
  joins = [];
});

afterEach(() => {
  for (const view of [2, 3]) around.changed({ ...friend(view), tie: "none" }, "friends");
  ties.clear();
  watched.clear();
  session.phase = "out";
  session.me = null;
  flushSync();
  vi.useRealTimers();
});

describe("who may be seen", () => {
  it("a friend who hides is forgotten, and watched again when they show themselves", () => {
    drop("presence:2");
    expect([...watched.keys()]).not.toContain("presence:2");
    changed(2, "Person 2");
    expect(joins).toEqual(["presence:2"]);
    changed(2, "Person 2");
    expect(joins).toEqual(["presence:2"]);
  });

  it("a friend who shows more again is followed again: their presence and their name", () => {
    for (const topic of ["author:2", "presence:2"]) drop(topic);
    for (const person_id of [2, 9])
      peopleHandlers["more.shown"]({
        topic: "user:1",
        number: 1,
        type: "more.shown",
        data: { person_id },
      });
    expect(joins).toEqual(["presence:2", "author:2"]);
  });

  it("nobody else is asked for: no stranger, nobody who asks, nobody who was a friend", () => {
    around.changed({ ...friend(3), tie: "none" }, "friends");
    ties.load({ ...fresh(), friends: [friend(2)] } as never);
    for (const id of [3, 4, 9]) changed(id, "Somebody");
    expect(joins).toEqual([]);
  });

  it("I hide and show myself again: my friends are back without a reload", async () => {
    around.start();
    flushSync();
    joins = [];
    session.me = me(false);
    for (const id of [2, 3]) drop(`presence:${id}`);
    flushSync();
    expect(joins).toEqual([]);
    session.me = me(true);
    flushSync();
    expect(joins.sort()).toEqual(["presence:2", "presence:3"]);
    await settle();
  });
});

describe("how people are called", () => {
  it("a friend's new name stands wherever their old card does; a stranger's stays as loaded", () => {
    const old = { ...person(2), name: "Before" };
    expect(asNow(old).name).toBe("Person 2");
    changed(2, "After");
    expect(asNow(old).name).toBe("After");
    expect(ties.friends.find((view) => view.person.id === 2)?.person.name).toBe("After");
    changed(9, "Stranger");
    expect(asNow({ ...person(9), name: "As loaded" }).name).toBe("As loaded");
    changed(4, "Not yet a friend");
    expect(asNow(person(4)).name).toBe("Person 4");
  });

  it("my own name follows my profile", () => {
    session.me = { ...me(true), person: { ...person(1), name: "Me now" } };
    expect(asNow(person(1)).name).toBe("Me now");
  });

  it("starts from the number of the load, so that nothing falls between", () => {
    expect(watched.get("author:2")?.after).toBe(5);
    expect(watched.get("author:3")?.after).toBe(7);
  });

  it("too much was missed: everything is asked for once, and followed from there", async () => {
    const loaded = vi.spyOn(live, "loaded").mockReturnValue();
    loads = 0;
    heads = { "author:2": 900, "author:3": 901 };
    watched.get("author:2")?.onReset?.();
    watched.get("author:3")?.onReset?.();
    await settle();
    expect(loads).toBe(1);
    expect(loaded.mock.calls).toEqual([
      ["author:2", 900],
      ["author:3", 901],
    ]);
    expect(presence.of(2)).toBeUndefined();
  });
});
