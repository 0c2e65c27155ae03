import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveEvent } from "../wire/events";
import { HOLD, Positions } from "./positions";

const event = (number: number, topic = "room:1") =>
  ({ topic, number, type: "message.deleted", data: { message_id: number } }) as LiveEvent;
const snapshot = (version: number, key?: string) =>
  ({ topic: "user:1", version, key, type: "room.read", data: {} }) as unknown as LiveEvent;

let applied: number[];
let asked: string[];
let positions: Positions;

beforeEach(() => {
  vi.useFakeTimers();
  applied = [];
  asked = [];
  positions = new Positions(
    (one) => applied.push("number" in one ? one.number : "version" in one ? one.version : 0),
    (topic) => asked.push(topic),
  );
});
afterEach(() => vi.useRealTimers());

describe("positions", () => {
  it("next is applied, seen is dropped", () => {
    positions.set("room:1", 4);
    for (const number of [4, 5, 5, 3, 6]) positions.accept(event(number));
    expect(applied).toEqual([5, 6]);
    expect(positions.of("room:1")).toBe(6);
  });

  it("a topic nobody loaded is not applied", () => {
    positions.accept(event(1));
    expect(applied).toEqual([]);
  });

  it("a gap is held, and filled in order when the missing one comes in time", async () => {
    positions.set("room:1", 0);
    for (const number of [3, 2, 5, 1]) positions.accept(event(number));
    expect(applied).toEqual([1, 2, 3]);
    positions.accept(event(4));
    expect(applied).toEqual([1, 2, 3, 4, 5]);
    await vi.advanceTimersByTimeAsync(HOLD * 2);
    expect(asked).toEqual([]);
  });

  it("a gap that stays is asked for, once", async () => {
    positions.set("room:1", 0);
    positions.accept(event(2));
    positions.accept(event(3));
    await vi.advanceTimersByTimeAsync(HOLD + 1);
    expect(asked).toEqual(["room:1"]);
    for (const number of [1, 2, 3]) positions.accept(event(number));
    expect(applied).toEqual([1, 2, 3]);
  });

  it("a head beyond mine is asked for, one that is not is left alone", async () => {
    positions.set("room:1", 7);
    positions.head("room:1", 7);
    positions.head("room:2", 9);
    await vi.advanceTimersByTimeAsync(HOLD + 1);
    expect(asked).toEqual([]);
    positions.head("room:1", 8);
    await vi.advanceTimersByTimeAsync(HOLD + 1);
    expect(asked).toEqual(["room:1"]);
  });

  it("a head beyond mine stays in doubt when only some of what is missing comes", async () => {
    positions.set("room:1", 5);
    positions.head("room:1", 8);
    positions.accept(event(6));
    await vi.advanceTimersByTimeAsync(HOLD + 1);
    expect(asked).toEqual(["room:1"]);
    for (const number of [7, 8]) positions.accept(event(number));
    await vi.advanceTimersByTimeAsync(HOLD + 1);
    expect(asked).toEqual(["room:1"]);
  });

  it("the number moves before the callback, so one that throws does not run again", () => {
    const throwing = new Positions(
      () => {
        throw new Error("a handler failed");
      },
      () => {},
    );
    throwing.set("room:1", 0);
    expect(() => throwing.accept(event(1))).toThrow("a handler failed");
    expect(throwing.of("room:1")).toBe(1);
  });

  it("of snapshots the highest version of each key wins", () => {
    for (const one of [snapshot(2, "7"), snapshot(1, "7"), snapshot(1, "8"), snapshot(2, "7")])
      positions.accept(one);
    expect(applied).toEqual([2, 1]);
    positions.drop("user:1");
    positions.accept(snapshot(1, "7"));
    expect(applied).toEqual([2, 1, 1]);
  });
});
