/** Votes as everyone sees them, and what is mine in them. The server owns every count: my tap
 *  shows my seal at once, and the numbers move when the server says so. */

import type { Ballot, Poll, PollEntry } from "./wire";

export type PollState = "loading" | "ready" | "gone" | "failed";

/** One vote. */
export class Vote {
  readonly id: number;
  poll = $state.raw<Poll | null>(null);
  mine = $state.raw<Ballot | null>(null);
  mayClose = $state(false);
  state = $state<PollState>("loading");
  error = $state.raw<unknown>(null);
  /** What I tapped and the server has not answered yet. */
  #wish = $state.raw<readonly number[] | null>(null);
  #wishes = 0;

  constructor(id: number) {
    this.id = id;
  }

  // Getters and not deriveds: a vote outlives the card that first showed it.

  /** The options that carry my seal. */
  get choices(): readonly number[] {
    return this.#wish ?? this.mine?.choices ?? [];
  }

  /** My tap is on its way. */
  get pending(): boolean {
    return this.#wish !== null;
  }

  get voted(): boolean {
    return this.choices.length > 0;
  }

  get closed(): boolean {
    return this.poll?.closed_at != null;
  }

  load(entry: PollEntry): void {
    this.seen(entry.poll);
    this.counted(entry.mine);
    this.mayClose = entry.may_close;
    this.state = "ready";
  }

  /** A snapshot of the tally; an older one than mine is dropped. */
  seen(poll: Poll): void {
    if (this.poll && poll.version < this.poll.version) return;
    this.poll = poll;
    if (this.state === "loading" && this.mine) this.state = "ready";
  }

  /** My ballot as the server has it, from an answer or from another device. */
  counted(ballot: Ballot): void {
    if (this.mine && ballot.revision < this.mine.revision) return;
    this.mine = ballot;
    if (this.state === "loading" && this.poll) this.state = "ready";
  }

  /** Show these choices as mine now. The returned function takes the wish back once it is
   *  answered, unless I have tapped again since: then the later tap stands. */
  wish(choices: readonly number[]): () => void {
    this.#wishes += 1;
    const turn = this.#wishes;
    this.#wish = choices;
    return () => {
      if (turn === this.#wishes) this.#wish = null;
    };
  }

  /** It could not be loaded; what was known stays. */
  fail(error: unknown): void {
    this.error = error;
    if (this.state === "loading") this.state = "failed";
  }

  /** There is no such vote any more, or not for me. */
  vanish(): void {
    this.state = "gone";
  }
}

export class Polls {
  // Not reactive on purpose: a card may ask for its vote while it is being drawn.
  readonly byId = new Map<number, Vote>();

  /** The vote, made when it is first asked for. */
  of(id: number): Vote {
    const there = this.byId.get(id);
    if (there) return there;
    const made = new Vote(id);
    this.byId.set(id, made);
    return made;
  }

  load(entries: readonly PollEntry[]): void {
    for (const entry of entries) this.of(entry.poll.id).load(entry);
  }

  applyPoll(poll: Poll): void {
    this.byId.get(poll.id)?.seen(poll);
  }

  applyBallot(ballot: Ballot): void {
    this.byId.get(ballot.poll_id)?.counted(ballot);
  }
}

export const polls = new Polls();

/** The choices after a tap on an option: one at most in a single vote. */
export function tapped(
  choice: Poll["choice"],
  choices: readonly number[],
  option: number,
): readonly number[] {
  const chosen = choices.includes(option);
  if (choice === "single") return chosen ? choices : [option];
  return chosen ? choices.filter((one) => one !== option) : [...choices, option];
}

/** The share of a bar, 0 to 1: of the ballots, or of the fullest option when people choose many. */
export function shareOf(poll: Poll, votes: number): number {
  return poll.voted > 0 ? Math.min(1, votes / poll.voted) : 0;
}

/** The options that lead; none while nobody has voted. */
export function leaders(poll: Poll): readonly number[] {
  const most = Math.max(0, ...poll.options.map((option) => option.votes));
  if (most === 0) return [];
  return poll.options.filter((option) => option.votes === most).map((option) => option.id);
}
