import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { live } from "../socket/live.svelte";
import PollTally from "./PollTally.svelte";
import { Vote } from "./polls.svelte";
import type { Ballot, Poll } from "./wire";

const ann = { id: 2, username: "ann", name: "Ann", face: null };

function poll(changes: Partial<Poll> = {}): Poll {
  const option = (id: number, text: string, votes: number, voters = [ann].slice(0, votes)) => ({
    id,
    text,
    picture: null,
    item: null,
    votes,
    voters,
  });
  return {
    id: 9,
    version: 1,
    author: ann,
    room_id: 1,
    post_id: null,
    question: "Tea or coffee?",
    choice: "single",
    names: "named",
    options: [option(1, "Tea", 1), option(2, "Coffee", 0), option(3, "Water", 0)],
    voted: 1,
    eligible: 4,
    deadline: null,
    closed_at: null,
    closed_by: null,
    created_at: 0,
    ...changes,
  };
}

function shown(state: Poll, choices: number[] = []) {
  const vote = new Vote(9);
  const mine: Ballot = { poll_id: 9, choices, revision: choices.length, at: 1 };
  vote.load({ poll: state, mine, may_close: false });
  render(PollTally, { vote, poll: state });
  return vote;
}

const casts = () => live.outbox.entries.map(({ op, fields }) => [op, fields.choices]);

beforeEach(() => {
  for (const { id } of [...live.outbox.entries]) live.outbox.remove(id);
});

describe("a vote on the page", () => {
  it("says the question, the turnout and every count", () => {
    shown(poll());
    expect(screen.getByRole("group", { name: "Tea or coffee?" })).toBeTruthy();
    expect(screen.getByText("1 of 4 have voted")).toBeTruthy();
    expect(screen.getByText("1 vote")).toBeTruthy();
    expect(screen.getByRole("img", { name: "Ann" })).toBeTruthy();
  });

  it("takes a tap as a vote and shows my seal before the server answers", async () => {
    const vote = shown(poll());
    await userEvent.click(screen.getByRole("radio", { name: /Coffee/ }));
    expect(casts()).toEqual([["poll.vote", [2]]]);
    expect(vote.choices).toEqual([2]);
    expect(screen.getByRole<HTMLInputElement>("radio", { name: /Coffee/ }).checked).toBe(true);
  });

  it("sends only the last of several taps while nothing can leave", async () => {
    shown(poll());
    await userEvent.click(screen.getByRole("radio", { name: /Coffee/ }));
    await userEvent.click(screen.getByRole("radio", { name: /Water/ }));
    expect(casts()).toEqual([["poll.vote", [3]]]);
  });

  it("lets arrows walk without voting, and space vote", async () => {
    shown(poll());
    screen.getByRole("radio", { name: /Tea/ }).focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(casts()).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: /Water/ }));
    await userEvent.keyboard(" ");
    expect(casts()).toEqual([["poll.vote", [3]]]);
  });

  it("gathers several choices, and withdraws with the last one taken back", async () => {
    shown(poll({ choice: "multiple" }), [1]);
    await userEvent.click(screen.getByRole("checkbox", { name: /Coffee/ }));
    expect(casts()).toEqual([["poll.vote", [1, 2]]]);
    await userEvent.click(screen.getByRole("checkbox", { name: /Tea/ }));
    await userEvent.click(screen.getByRole("checkbox", { name: /Coffee/ }));
    expect(casts()).toEqual([["poll.withdraw", undefined]]);
  });

  it("is over when it is closed: nothing can be chosen, and the choice is marked", () => {
    shown(poll({ closed_at: 5, closed_by: "author" }));
    expect(screen.getByRole<HTMLInputElement>("radio", { name: /Tea/ }).matches(":disabled")).toBe(
      true,
    );
    expect(screen.getByText("Chosen")).toBeTruthy();
  });

  it("shows nobody's face in a secret vote", () => {
    const state = poll({ names: "secret" });
    shown({ ...state, options: state.options.map((option) => ({ ...option, voters: [] })) });
    expect(screen.queryByRole("img")).toBeNull();
  });
});
