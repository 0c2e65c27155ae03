import { describe, expect, it } from "vitest";
import { chance, person } from "../feed/testworld";
import type { TieView } from "../wire/api";
import { Presence } from "./presence.svelte";
import { Ties } from "./ties.svelte";

const TIES = ["none", "asked", "asking", "friends", "blocked"] as const;

function view(id: number, tie: TieView["tie"], at: number): TieView {
  return { person: person(id), tie, at };
}

function all(views: readonly TieView[]) {
  const those = (tie: TieView["tie"]) =>
    views.filter((one) => one.tie === tie).sort((a, b) => b.at - a.at || b.person.id - a.person.id);
  return {
    friends: those("friends"),
    asking: those("asking"),
    asked: those("asked"),
    blocked: those("blocked"),
    muted: [],
    restricted: [],
    head: 0,
    heads: {},
    epoch: "e",
  };
}

const changed = (one: TieView, number: number) =>
  ({ topic: "user:9", number, type: "tie.changed", data: one }) as const;

describe("ties", () => {
  it.each([...Array(40).keys()])("snapshot + events = a fresh snapshot (%i)", (seed) => {
    const by = chance(seed);
    const model = new Map<number, TieView>();
    let clock = 0;
    const act = () => {
      const one = view(1 + by.below(8), by.pick(TIES), ++clock);
      model.set(one.person.id, one);
      return one;
    };
    for (let i = by.below(20); i > 0; i--) act();
    const ties = new Ties();
    ties.load(all([...model.values()]));
    for (let i = 0; i < 30; i++) ties.apply(changed(act(), i + 1));
    const fresh = all([...model.values()]);
    expect(ties.friends).toEqual(fresh.friends);
    expect(ties.asking).toEqual(fresh.asking);
    expect(ties.asked).toEqual(fresh.asked);
    expect(ties.blocked).toEqual(fresh.blocked);
  });

  it("an answer that is older than an event is not believed", () => {
    const ties = new Ties();
    ties.load(all([]));
    const told = ties.told(2);
    ties.apply(changed(view(2, "friends", 5), 1));
    ties.answered(view(2, "asked", 4), told);
    expect(ties.to(2)).toBe("friends");
  });

  it("an answer is believed while the events are silent", () => {
    const ties = new Ties();
    ties.load(all([]));
    ties.answered(view(2, "asked", 4), ties.told(2));
    expect(ties.to(2)).toBe("asked");
  });

  it("what can still be undone is shown, and taken back", () => {
    const ties = new Ties();
    ties.load(all([view(2, "friends", 1)]));
    ties.foresee(2, "none");
    expect(ties.to(2)).toBe("none");
    expect(ties.friends).toEqual([]);
    ties.unforesee(2);
    expect(ties.friends.map((one) => one.person.id)).toEqual([2]);
  });

  it("nothing is claimed before they are loaded", () => {
    expect(new Ties().to(2)).toBeUndefined();
  });
});

describe("presence", () => {
  const said = (version: number, state: "online" | "away" | "offline") =>
    ({
      topic: "presence:2",
      version,
      type: "presence.changed",
      data: { person_id: 2, state, last_seen: state === "online" ? null : 7 },
    }) as const;

  it("keeps the highest version and forgets when the right ends", () => {
    const presence = new Presence();
    presence.apply(said(3, "online"));
    presence.apply(said(2, "offline"));
    expect(presence.of(2)?.state).toBe("online");
    presence.apply(said(4, "away"));
    expect(presence.of(2)?.state).toBe("away");
    presence.forget(2);
    expect(presence.of(2)).toBeUndefined();
  });
});
