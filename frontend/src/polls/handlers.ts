/** What every event about votes does. */
import type { Handlers } from "../socket/dispatch";
import { polls } from "./polls.svelte";

export const pollHandlers: Pick<Handlers, "poll.changed" | "ballot.changed"> = {
  "poll.changed": (event) => polls.applyPoll(event.data.poll),
  "ballot.changed": (event) => polls.applyBallot(event.data.ballot),
};
