import { cleanup, render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, expect, it, vi } from "vitest";

const { api } = await import("../http");
const { router } = await import("../app/router.svelte");
const { feeds } = await import("../feed/feeds.svelte");
const { live } = await import("../socket/live.svelte");
const { default: HomePage } = await import("./HomePage.svelte");

vi.stubGlobal("scrollTo", () => {});

afterEach(() => {
  cleanup();
  live.stop();
});

it("what everyone shows is looked for as soon as one is back, and only there", async () => {
  vi.spyOn(api, "GET").mockResolvedValue({
    data: { entries: [], next: null, pinned: null, heads: {}, polls: [], drafts: [] },
  } as never);
  const refresh = vi.spyOn(feeds.everyone, "refresh").mockResolvedValue();
  const come = async (see: string) => {
    router.go(see);
    live.truth = "live";
    flushSync();
    refresh.mockClear();
    live.truth = "offline";
    flushSync();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(refresh).not.toHaveBeenCalled();
    live.truth = "live";
    flushSync();
    const returned = refresh.mock.calls.length;
    document.dispatchEvent(new Event("visibilitychange"));
    return [returned, refresh.mock.calls.length];
  };
  render(HomePage);
  expect(await come("/?see=everyone")).toEqual([1, 2]);
  expect(await come("/")).toEqual([0, 0]);
});
