import { describe, expect, it, vi } from "vitest";
import { Pace } from "./pace.svelte";
import { leaders, Polls, shareOf, tapped, Vote } from "./polls.svelte";
import type { Ballot, Poll } from "./wire";

const ann = { id: 1, username: "ann", name: "Ann", face: null };

function poll(version: number, ...votes: number[]): Poll {
  return {
    id: 9,
    version,
    author: ann,
    room_id: 1,
    post_id: null,
    question: "Which?",
    choice: "single",
    names: "named",
    options: votes.map((count, index) => ({
      id: index + 1,
      text: `option ${index + 1}`,
      picture: null,
      item: null,
      votes: count,
      voters: [],
    })),
    voted: votes.reduce((sum, count) => sum + count, 0),
    eligible: null,
    deadline: null,
    closed_at: null,
    closed_by: null,
    created_at: 0,
  };
}

function ballot(revision: number, ...choices: number[]): Ballot {
  return { poll_id: 9, choices, revision, at: revision };
}

describe("a vote", () => {
  it("keeps the newest tally and the newest ballot, in whatever order they come", () => {
    const vote = new Vote(9);
    for (const version of [3, 1, 4, 2]) vote.seen(poll(version, version, 0));
    for (const revision of [2, 1, 3]) vote.counted(ballot(revision, revision));
    expect(vote.poll?.version).toBe(4);
    expect(vote.choices).toEqual([3]);
    expect(vote.state).toBe("ready");
  });

  it("is ready only when both the tally and my ballot are known", () => {
    const vote = new Vote(9);
    vote.seen(poll(1, 0, 0));
    expect(vote.state).toBe("loading");
  });

  it("shows my seal before the server answers, and never a count of its own", () => {
    const vote = new Vote(9);
    vote.load({ poll: poll(1, 2, 3), mine: ballot(0), may_close: false });
    vote.wish([2]);
    expect(vote.choices).toEqual([2]);
    expect(vote.poll?.options.map((option) => option.votes)).toEqual([2, 3]);
  });

  it("rolls the seal back when the server says no", () => {
    const vote = new Vote(9);
    vote.load({ poll: poll(1, 2, 3), mine: ballot(1, 1), may_close: false });
    const settle = vote.wish([2]);
    settle();
    expect(vote.choices).toEqual([1]);
  });

  it("lets the later of two taps stand when the first is answered late", () => {
    const vote = new Vote(9);
    vote.load({ poll: poll(1, 0, 0), mine: ballot(0), may_close: false });
    const first = vote.wish([1]);
    const second = vote.wish([2]);
    vote.counted(ballot(1, 1));
    first();
    expect(vote.choices).toEqual([2]);
    vote.counted(ballot(2, 2));
    second();
    expect(vote.choices).toEqual([2]);
    expect(vote.pending).toBe(false);
  });
});

it("makes one vote for one id, and hears nothing about others", () => {
  const polls = new Polls();
  const vote = polls.of(9);
  polls.applyPoll(poll(1, 1, 0));
  polls.applyPoll({ ...poll(1, 5), id: 10 });
  polls.applyBallot(ballot(1, 1));
  expect(polls.of(9)).toBe(vote);
  expect(vote.voted).toBe(true);
  expect(polls.byId.has(10)).toBe(false);
});

describe("a tap", () => {
  it.each([
    ["single", [], 1, [1]],
    ["single", [1], 2, [2]],
    ["single", [1], 1, [1]],
    ["multiple", [1], 2, [1, 2]],
    ["multiple", [1, 2], 1, [2]],
  ] as const)("%s: %j and %i make %j", (choice, before, option, after) => {
    expect(tapped(choice, before, option)).toEqual(after);
  });
});

it("draws bars as shares of the voters and names the leaders", () => {
  expect(shareOf(poll(1, 1, 3), 3)).toBe(0.75);
  expect(shareOf(poll(1, 0, 0), 0)).toBe(0);
  expect(leaders(poll(1, 2, 2, 1))).toEqual([1, 2]);
  expect(leaders(poll(1, 0, 0))).toEqual([]);
});

describe("pace", () => {
  it("changes at most five times a second and ends at the latest", () => {
    vi.useFakeTimers();
    const pace = new Pace(0, 200);
    const shown: number[] = [];
    for (let i = 1; i <= 100; i += 1) {
      pace.set(i);
      vi.advanceTimersByTime(10);
      if (shown.at(-1) !== pace.shown) shown.push(pace.shown);
    }
    vi.advanceTimersByTime(200);
    expect(pace.shown).toBe(100);
    expect(shown.length).toBeLessThanOrEqual(6);
    vi.useRealTimers();
  });

  it("shows the first change at once", () => {
    const pace = new Pace(0, 200);
    pace.set(1);
    expect(pace.shown).toBe(1);
  });
});
