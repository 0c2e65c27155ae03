import { cleanup, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const { ApiError, api } = await import("../http");
const { session } = await import("../account/session.svelte");
const { live } = await import("../socket/live.svelte");
const { openVotes, start } = await import("./votes.svelte");
const { polls } = await import("./polls.svelte");
const { default: PollCard } = await import("./PollCard.svelte");
const { default: VotesPage } = await import("./VotesPage.svelte");

const entry = (id: number) => ({
  poll: {
    id,
    version: 1,
    author: { id: 2, username: "bo", name: "Bo", face: null },
    room_id: null,
    post_id: 1,
    question: `Question ${id}`,
    choice: "single",
    names: "named",
    options: [1, 2].map((option) => ({
      id: option,
      text: `option ${option}`,
      picture: null,
      item: null,
      votes: 0,
      voters: [],
    })),
    voted: 0,
    eligible: null,
    deadline: null,
    closed_at: null,
    closed_by: null,
    created_at: 0,
  },
  mine: { poll_id: id, choices: [], revision: 0, at: 0 },
  may_close: false,
});

let reachable: boolean;
let open: number[];

beforeEach(() => {
  vi.useFakeTimers();
  reachable = true;
  open = [5];
  live.truth = "offline";
  vi.spyOn(api, "GET").mockImplementation((async (path: string, init: object) => {
    if (!reachable) throw new ApiError(0, { code: "unavailable", message: "", retry: true });
    const ids = JSON.stringify(init).match(/"ids":"([\d,]+)"/)?.[1];
    const wanted = path === "/api/polls" ? (ids ?? "").split(",").map(Number) : open;
    return { data: { polls: wanted.map(entry), next: null } };
  }) as never);
});

afterEach(() => {
  cleanup();
  session.phase = "out";
  flushSync();
  live.stop();
  vi.useRealTimers();
});

async function back(): Promise<void> {
  reachable = true;
  live.truth = "live";
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
}

it("a vote that could not be loaded comes with the connection", async () => {
  reachable = false;
  render(PollCard, { id: 9 });
  await vi.advanceTimersByTimeAsync(0);
  expect(polls.of(9).state).toBe("failed");
  await back();
  expect(polls.of(9).state).toBe("ready");
  expect(screen.getByText("Question 9")).toBeTruthy();
});

it("the list of open votes does too, and is asked for again after a silence", async () => {
  reachable = false;
  start();
  session.phase = "in";
  flushSync();
  await vi.advanceTimersByTimeAsync(0);
  expect(openVotes.state).toBe("failed");
  await back();
  expect([openVotes.state, openVotes.ids]).toEqual(["ready", [5]]);

  render(VotesPage);
  await vi.advanceTimersByTimeAsync(0);
  live.truth = "offline";
  flushSync();
  open = [6, 5];
  await back();
  expect(openVotes.ids).toEqual([6, 5]);
});
