import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import type { TakeoutView } from "../wire/api";
import type { ErrorBody } from "../wire/events";
import { accountHandlers } from "./handlers";
import TakeoutPart from "./TakeoutPart.svelte";
import { Takeout, takeout } from "./takeout.svelte";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function view(version: number, state: TakeoutView["state"], more: object = {}): TakeoutView {
  const none = { asked_at: null, ready_at: null, expires_at: null, again_at: null };
  return { version, state, progress: 0, size: 0, ...none, ...more };
}

const ready = (version: number, more: object = {}) =>
  view(version, "ready", {
    size: 1_234_000,
    ready_at: Date.now() - 60_000,
    expires_at: Date.now() + 7 * DAY,
    again_at: Date.now() + HOUR,
    ...more,
  });

function refused(code: ErrorBody["code"], status: number): ApiError {
  return new ApiError(status, { code, message: "", retry: status === 0 });
}

/** What the server answers next; an error is thrown. */
let answers: Record<string, unknown>;
let asked: { method: string; body: { client_id: string } | undefined }[];

beforeEach(async () => {
  await i18n.use("en");
  asked = [];
  answers = { GET: view(0, "none") };
  for (const method of ["GET", "POST", "DELETE"] as const)
    vi.spyOn(api, method).mockImplementation((async (_: string, options?: { body?: never }) => {
      asked.push({ method, body: options?.body });
      const answer = await answers[method];
      if (answer instanceof Error) throw answer;
      return { data: answer };
    }) as never);
  takeout.view = null;
  takeout.phase = "loading";
  takeout.error = null;
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function told(one: TakeoutView): void {
  accountHandlers["takeout.changed"]({
    topic: "user:1",
    number: 1,
    type: "takeout.changed",
    data: { takeout: one },
  });
}

const button = (name: string) => screen.getByRole("button", { name }) as HTMLButtonElement;
const spoken = () => screen.getByRole("status").textContent;

describe("on the page", () => {
  it("goes from asking over packing to the file, and says so", async () => {
    answers.POST = view(1, "working");
    render(TakeoutPart);
    await userEvent.click(await screen.findByRole("button", { name: "Pack it" }));
    const bar = await screen.findByRole("progressbar");
    expect([bar.getAttribute("aria-valuenow"), spoken()]).toEqual(["0", "It is being packed"]);
    told(view(2, "working", { progress: 40 }));
    await tick();
    expect(bar.getAttribute("aria-valuenow")).toBe("40");
    expect(screen.getByText("40%")).toBeTruthy();
    told(ready(3));
    await tick();
    const link = screen.getByRole("link", { name: "Download" }) as HTMLAnchorElement;
    expect(link.getAttribute("href")).toBe("/api/me/takeout/file");
    expect(link.hasAttribute("download")).toBe(true);
    expect(screen.getByText(/1\.23 MB/)).toBeTruthy();
    expect(spoken()).toBe("It is packed");
    expect(
      screen.queryByRole("button", { name: "Pack it anew" }),
      "not within the hour",
    ).toBeNull();
  });

  it("is asked for by the keyboard alone", async () => {
    answers.POST = view(1, "working");
    render(TakeoutPart);
    (await screen.findByRole("button", { name: "Pack it" })).focus();
    await userEvent.keyboard("{Enter}");
    await screen.findByRole("progressbar");
  });

  it("is removed at once, ready or not", async () => {
    for (const one of [ready(3), view(3, "working")]) {
      takeout.view = null;
      answers.GET = one;
      answers.DELETE = view(4, "none", { again_at: Date.now() + HOUR });
      render(TakeoutPart);
      const words = one.state === "ready" ? "Remove it now" : "Never mind";
      await userEvent.click(await screen.findByRole("button", { name: words }));
      expect((await screen.findByText("Pack it")).closest("button")?.disabled).toBe(true);
      expect(screen.getByText(/Another one in/)).toBeTruthy();
      expect(asked.at(-1)?.method).toBe("DELETE");
      cleanup();
    }
  });

  it("that failed says whose fault it is and can be tried again", async () => {
    answers.GET = view(2, "failed");
    answers.POST = view(3, "working");
    render(TakeoutPart);
    await screen.findByText(/The fault is ours/);
    expect(spoken()).toBe("It could not be packed");
    await userEvent.click(button("Try again"));
    await screen.findByRole("progressbar");
  });

  it("is not offered any more when its week is over, although nobody has told yet", async () => {
    answers.GET = ready(3, { expires_at: Date.now() - 1, again_at: null });
    render(TakeoutPart);
    await screen.findByRole("button", { name: "Pack it" });
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("may be packed anew when the hour is over", async () => {
    answers.GET = ready(3, { again_at: Date.now() - 1 });
    render(TakeoutPart);
    await screen.findByRole("button", { name: "Pack it anew" });
  });

  it("that could not be loaded can be asked for again", async () => {
    answers.GET = refused("internal", 500);
    render(TakeoutPart);
    await screen.findByRole("alert");
    answers.GET = view(0, "none");
    await userEvent.click(button("Try again"));
    await screen.findByRole("button", { name: "Pack it" });
  });

  it("asks how things stand when it was refused", async () => {
    render(TakeoutPart);
    await screen.findByRole("button", { name: "Pack it" });
    answers.POST = refused("too_fast", 429);
    answers.GET = ready(5);
    await userEvent.click(button("Pack it"));
    await screen.findByRole("link", { name: "Download" });
  });

  it("speaks Chinese", async () => {
    await i18n.use("zh");
    answers.GET = ready(3);
    render(TakeoutPart);
    await screen.findByRole("link", { name: "下载" });
    expect(screen.getByText(/保留到/)).toBeTruthy();
  });
});

describe("the store", () => {
  it("believes the highest version, in whatever order they come", () => {
    const store = new Takeout();
    const all = [view(1, "working"), view(2, "working", { progress: 50 }), ready(3)];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      store.view = null;
      for (const index of order) store.learn(all[index] as TakeoutView);
      expect(store.view).toEqual(all[2]);
    }
  });

  it("an old answer does not undo an event", async () => {
    const store = new Takeout();
    let comes: (one: TakeoutView) => void = () => {};
    answers.GET = new Promise((resolve) => {
      comes = resolve;
    });
    const loading = store.load();
    store.learn(ready(3));
    comes(view(1, "working"));
    await loading;
    expect(store.view?.state).toBe("ready");
  });

  it("repeats an asking without an answer under its name, and no other one", async () => {
    const store = new Takeout();
    answers.POST = refused("unavailable", 0);
    await expect(store.ask()).rejects.toThrow();
    answers.POST = view(1, "working");
    await store.ask();
    await store.ask();
    const names = asked.map(({ body }) => body?.client_id);
    expect(names[0]).toBe(names[1]);
    expect(names[2]).not.toBe(names[1]);
    answers.POST = refused("too_fast", 429);
    await expect(store.ask()).rejects.toThrow();
    await expect(store.ask()).rejects.toThrow();
    expect(new Set(asked.map(({ body }) => body?.client_id)).size).toBe(4);
  });

  it("what is known stays while asking again fails", async () => {
    const store = new Takeout();
    store.learn(ready(3));
    answers.GET = refused("unavailable", 0);
    await store.load();
    expect([store.phase, store.view?.version]).toEqual(["ready", 3]);
  });
});

it("sizes are written in a unit that fits", () => {
  expect(
    [0, 999, 1_500, 1_234_567, 5e9, 7e12].map((n) => i18n.size(n).replace(/\s/g, " ")),
  ).toEqual(["0 byte", "999 byte", "1.5 kB", "1.23 MB", "5 GB", "7,000 GB"]);
});
