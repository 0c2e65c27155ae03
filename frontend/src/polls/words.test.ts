import { beforeEach, describe, expect, it, vi } from "vitest";
import { i18n } from "../i18n/index.svelte";
import { Announcer } from "./announce.svelte";
import type { OptionView, Poll } from "./wire";
import { columns, namesOf, result, timeWords, turnout } from "./words";

const ann = { id: 2, username: "ann", name: "Ann", face: null };

function poll(votes: Record<string, number>, changes: Partial<Poll> = {}): Poll {
  const options: OptionView[] = Object.entries(votes).map(([text, count], index) => ({
    id: index + 1,
    text,
    picture: null,
    item: null,
    votes: count,
    voters: [],
  }));
  return {
    id: 1,
    version: 1,
    author: ann,
    room_id: 1,
    post_id: null,
    question: "Which?",
    choice: "single",
    names: "named",
    options,
    voted: options.reduce((sum, option) => sum + option.votes, 0),
    eligible: null,
    deadline: null,
    closed_at: null,
    closed_by: null,
    created_at: 0,
    ...changes,
  };
}

beforeEach(() => i18n.use("en"));

describe("in words", () => {
  it("the turnout, with and without a known number of people", () => {
    expect(turnout(poll({ a: 0 }))).toBe("No votes yet");
    expect(turnout(poll({ a: 1 }))).toBe("1 person has voted");
    expect(turnout(poll({ a: 3 }, { eligible: 5 }))).toBe("3 of 5 have voted");
  });

  it("the time left, and that it is over", () => {
    expect(timeWords(poll({}, { deadline: 7_200_000 }), 0)).toMatch(/2 .*left/);
    expect(timeWords(poll({}, { deadline: 40_000 }), 0)).toMatch(/^Ends in 40/);
    expect(timeWords(poll({}, { deadline: 40_000 }), 50_000)).toBe("Time is up, counting");
    expect(timeWords(poll({}), 0)).toBe("Open until it is closed");
  });

  it("how it ended", () => {
    expect(result(poll({ Pine: 2, Clay: 1 }))).toBe("Pine was chosen with 2 votes.");
    expect(result(poll({ Pine: 1, Clay: 1 }))).toBe("Pine and Clay have the same number of votes.");
    expect(result(poll({ Pine: 0 }))).toBe("It ended without a vote.");
  });

  it("a choice that is only a picture, by its place", () => {
    expect([...namesOf(poll({ "": 0 })).values()]).toEqual(["Choice 1"]);
  });

  it("the same in Chinese", async () => {
    await i18n.use("zh");
    expect(turnout(poll({ a: 3 }, { eligible: 5 }))).toBe("5 人中 3 人已投");
    expect(result(poll({ 松绿: 2 }))).toBe("“松绿”以 2 票选中。");
  });
});

it.each([
  [2, 2],
  [3, 3],
  [4, 2],
  [7, 3],
])("%i pictures stand in %i columns", (count, expected) => expect(columns(count)).toBe(expected));

it("says a moving tally at most every ten seconds, and never the first one", () => {
  vi.useFakeTimers();
  const announcer = new Announcer();
  announcer.tell("one");
  vi.advanceTimersByTime(20_000);
  expect(announcer.said).toBe("");
  for (const sentence of ["two", "three", "four"]) announcer.tell(sentence);
  vi.advanceTimersByTime(9_000);
  expect(announcer.said).toBe("");
  vi.advanceTimersByTime(1_000);
  expect(announcer.said).toBe("four");
  vi.useRealTimers();
});
