import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { later, UNDO_MS } from "./later";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("acts after the wait, once", () => {
  const act = vi.fn();
  later(act);
  vi.advanceTimersByTime(UNDO_MS - 1);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  window.dispatchEvent(new Event("pagehide"));
  expect(act).toHaveBeenCalledTimes(1);
});

it("never acts when called off", () => {
  const act = vi.fn();
  const stop = later(act);
  stop();
  vi.advanceTimersByTime(UNDO_MS * 2);
  window.dispatchEvent(new Event("pagehide"));
  expect(act).not.toHaveBeenCalled();
});

it("acts at once when the page goes away", () => {
  const act = vi.fn();
  later(act);
  window.dispatchEvent(new Event("pagehide"));
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(UNDO_MS * 2);
  expect(act).toHaveBeenCalledTimes(1);
});
