import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../http";
import { live } from "./live.svelte";
import { retry } from "./retry.svelte";

const away = () => new ApiError(0, { code: "unavailable", message: "", retry: true });
const gone = () => new ApiError(404, { code: "not_found", message: "", retry: false });

let error = $state.raw<unknown>(null);
/** What the next loads end with; null: they succeed. */
let next: unknown;
let loads: number;
let stop: () => void;

async function load(): Promise<void> {
  loads += 1;
  error = null;
  await Promise.resolve();
  error = next;
}

const wait = async (ms: number) => {
  flushSync();
  await vi.advanceTimersByTimeAsync(ms);
  flushSync();
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  error = next = null;
  loads = 0;
  live.truth = "offline";
  stop = $effect.root(() => retry(() => error, load));
  flushSync();
});

afterEach(() => {
  stop();
  live.truth = "catching";
  vi.useRealTimers();
});

describe("what could not be loaded", () => {
  it("is asked for again the moment the connection is back, and not once it is there", async () => {
    error = away();
    flushSync();
    live.truth = "live";
    await wait(0);
    expect(loads).toBe(1);
    live.truth = "offline";
    await wait(0);
    live.truth = "live";
    await wait(120_000);
    expect(loads).toBe(1);
  });

  it("is asked for ever more rarely while the server is away, although the line stands", async () => {
    live.truth = "live";
    await wait(0);
    error = next = away();
    const until: number[] = [];
    for (let second = 1; second <= 120; second += 1) {
      await wait(1_000);
      if (loads > until.length) until.push(second);
    }
    const pauses = until.map((at, index) => at - (until[index - 1] ?? 0));
    expect(pauses.slice(0, 5)).toEqual([2, 4, 8, 16, 30]);
    next = null;
    await wait(30_000);
    const tried = loads;
    await wait(120_000);
    expect(loads).toBe(tried);
    error = next = away();
    await wait(2_000);
    expect(loads).toBe(tried + 1);
  });

  it("is asked for when the network returns or somebody looks", async () => {
    error = next = away();
    await wait(0);
    dispatchEvent(new Event("online"));
    await wait(0);
    document.dispatchEvent(new Event("visibilitychange"));
    await wait(0);
    expect(loads).toBe(2);
  });

  it("is left alone when it is not there, and when nobody wants it any more", async () => {
    error = gone();
    live.truth = "live";
    await wait(120_000);
    expect(loads).toBe(0);
    error = away();
    flushSync();
    stop();
    dispatchEvent(new Event("online"));
    await wait(120_000);
    expect(loads).toBe(0);
  });
});
