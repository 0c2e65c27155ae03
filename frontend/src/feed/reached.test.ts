import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api } from "../http";
import { AWAY, PAUSE, Reached } from "./reached.svelte";

let place: number | null;
let told: number[];

beforeEach(() => {
  vi.useFakeTimers();
  place = null;
  told = [];
  vi.spyOn(api, "GET").mockImplementation((async () => ({
    data: { post_id: place, at: null },
  })) as never);
  vi.spyOn(api, "PUT").mockImplementation((async (
    _: string,
    { body }: { body: { post_id: number } },
  ) => {
    told.push(body.post_id);
    return {};
  }) as never);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("marks what was read elsewhere, and the mark stands still while one reads", async () => {
  place = 40;
  const one = new Reached();
  await one.open();
  expect(one.mark).toBe(40);
  one.seen(44);
  await vi.advanceTimersByTimeAsync(PAUSE);
  expect(told).toEqual([44]);
  await one.open();
  expect(one.mark).toBe(40);
});

it("tells the newest post once, a moment after the last, and never goes back", async () => {
  const one = new Reached();
  one.seen(7);
  await vi.advanceTimersByTimeAsync(PAUSE * 2);
  expect(told).toEqual([]);
  await one.open();
  for (const id of [9, 8, 12, 3]) {
    one.seen(id);
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(PAUSE);
  one.seen(11);
  await vi.advanceTimersByTimeAsync(PAUSE * 2);
  expect(told).toEqual([12]);
});

it("tells nothing that another device was told before", async () => {
  place = 50;
  const one = new Reached();
  await one.open();
  one.seen(30);
  await vi.advanceTimersByTimeAsync(PAUSE * 2);
  expect(told).toEqual([]);
});

it("tells again what did not arrive", async () => {
  const one = new Reached();
  await one.open();
  vi.mocked(api.PUT).mockRejectedValueOnce(new Error("away"));
  one.seen(5);
  await vi.advanceTimersByTimeAsync(PAUSE);
  await one.flush();
  expect(told).toEqual([5]);
});

it("tells at once when the page goes out of sight, and asks anew after a while", async () => {
  const one = new Reached();
  await one.open();
  one.seen(5);
  one.turned(false);
  expect(told).toEqual([5]);
  place = 20;
  await vi.advanceTimersByTimeAsync(1_000);
  one.turned(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(one.mark).toBeNull();
  one.turned(false);
  one.offered = false;
  await vi.advanceTimersByTimeAsync(AWAY + 1);
  one.turned(true);
  await vi.advanceTimersByTimeAsync(0);
  expect([one.mark, one.offered]).toEqual([20, true]);
});
