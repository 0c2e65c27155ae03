/** The road between votes and the server: loading by REST, following by socket, voting by outbox. */

import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { ApiError, api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { type Entry, newClientId } from "../socket/outbox.svelte";
import { retry } from "../socket/retry.svelte";
import { toasts } from "../ui/toasts.svelte";
import { why } from "../ui/why";
import { polls, type Vote } from "./polls.svelte";
import type { Ballot, PollDraft, PollEntry, VoterChoice } from "./wire";

/** A card that scrolls away and back need not leave and join its topic. */
const LINGER = 10_000;
const AT_ONCE = 50;

const watchers = new Map<number, { count: number; stop: () => void }>();
const wanted = new Set<number>();
let asking: Promise<void> = Promise.resolve();

/** Load and follow a vote as long as somebody looks at it. Returns the end of looking. */
export function watchVote(vote: Vote): () => void {
  const { id } = vote;
  const there = watchers.get(id);
  if (there) there.count += 1;
  else {
    const stop = live.watch(`poll:${id}`, { onGone: () => vote.vanish() });
    watchers.set(id, { count: 1, stop });
    if (vote.state !== "ready") void want(id);
  }
  return () => setTimeout(() => leave(id), LINGER);
}

function leave(id: number): void {
  const watcher = watchers.get(id);
  if (!watcher) return;
  watcher.count -= 1;
  if (watcher.count > 0) return;
  watchers.delete(id);
  watcher.stop();
}

/** Ask for a vote together with the others that this moment's page shows. */
export function want(id: number): Promise<void> {
  if (wanted.size === 0) asking = Promise.resolve().then(fetchWanted);
  wanted.add(id);
  return asking;
}

async function fetchWanted(): Promise<void> {
  const ids = [...wanted];
  wanted.clear();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await fetchSome(ids.slice(from, from + AT_ONCE));
}

async function fetchSome(ids: number[]): Promise<void> {
  try {
    const list = await data(api.GET("/api/polls", { params: { query: { ids: ids.join(",") } } }));
    const found = list?.polls ?? [];
    polls.load(found);
    const seen = new Set(found.map((entry) => entry.poll.id));
    for (const id of ids) if (!seen.has(id)) polls.of(id).vanish();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    for (const id of ids) polls.of(id).fail(error);
  }
}

// Voting ---------------------------------------------------------------------------------------

const OPS = ["poll.vote", "poll.withdraw"];
const wishes = new Map<string, () => void>();

/** Press my seal on these options, or lift it when there are none. */
export function cast(vote: Vote, choices: readonly number[]): void {
  // A later choice replaces one that has not left yet; one that has left is followed by it.
  for (const entry of live.outbox.entries) {
    if (isFor(entry, vote.id) && entry.progress === "waiting") {
      live.outbox.remove(entry.id);
      wishes.delete(entry.id);
    }
  }
  const id = newClientId();
  wishes.set(id, vote.wish(choices));
  if (choices.length) live.outbox.add("poll.vote", id, { poll_id: vote.id, choices: [...choices] });
  else live.outbox.add("poll.withdraw", id, { poll_id: vote.id });
}

function isFor(entry: Entry, pollId: number): boolean {
  return OPS.includes(entry.op) && entry.fields.poll_id === pollId;
}

function unwish(id: string): void {
  wishes.get(id)?.();
  wishes.delete(id);
}

/** Ballots that the server refused, or that waited too long: taken out, for telling the person. */
function takeFailed(): Entry[] {
  const failed = live.outbox.entries.filter(
    ({ op, progress }) => OPS.includes(op) && (progress === "failed" || progress === "asking"),
  );
  const copies = $state.snapshot(failed) as Entry[];
  for (const { id } of copies) {
    live.outbox.remove(id);
    unwish(id);
  }
  return copies;
}

export async function close(vote: Vote): Promise<void> {
  const params = { path: { poll_id: vote.id } };
  const entry = await data(api.POST("/api/polls/{poll_id}/close", { params }));
  if (entry) vote.load(entry);
}

/** Ask for a vote. Repeating a client_id is safe. */
export async function ask(draft: PollDraft): Promise<PollEntry> {
  const entry = await data(api.POST("/api/polls", { body: draft }));
  if (!entry) throw new Error("no vote in the answer");
  polls.load([entry]);
  openVotes.offer(entry.poll.id);
  return entry;
}

/** Who decided what, all pages of it. Throws an ApiError: forbidden when the vote is secret. */
export async function ballotsOf(poll_id: number): Promise<VoterChoice[]> {
  const found: VoterChoice[] = [];
  let cursor: string | null = null;
  do {
    const query: { cursor?: string } = cursor ? { cursor } : {};
    const params = { path: { poll_id }, query };
    const page = await data(api.GET("/api/polls/{poll_id}/ballots", { params }));
    found.push(...(page?.ballots ?? []));
    cursor = page?.next ?? null;
  } while (cursor && found.length < 2_000);
  return found;
}

// The open votes I may take part in --------------------------------------------------------------

class OpenVotes {
  ids = $state.raw<readonly number[]>([]);
  state = $state<"loading" | "ready" | "failed">("loading");
  error = $state.raw<unknown>(null);
  next = $state<string | null>(null);
  readonly #followed = new Set<number>();

  async load(): Promise<void> {
    await this.#page(null);
  }

  async more(): Promise<void> {
    if (this.next) await this.#page(this.next);
  }

  async #page(cursor: string | null): Promise<void> {
    try {
      const query = cursor ? { cursor } : {};
      const list = await data(api.GET("/api/polls/open", { params: { query } }));
      if (!list) return;
      polls.load(list.polls);
      const ids = list.polls.map((entry) => entry.poll.id);
      this.ids = cursor ? [...new Set([...this.ids, ...ids])] : ids;
      for (const id of ids) this.#follow(id);
      this.next = list.next ?? null;
      this.state = "ready";
    } catch (error) {
      this.error = error;
      if (this.state !== "ready") this.state = "failed";
    }
  }

  /** A vote that was asked just now somewhere I am. */
  offer(id: number): void {
    if (this.ids.includes(id)) return;
    this.ids = [id, ...this.ids];
    this.#follow(id);
  }

  #follow(id: number): void {
    if (this.#followed.has(id)) return;
    this.#followed.add(id);
    watchVote(polls.of(id));
  }

  /** Those I have not answered, of what is loaded. */
  get waiting(): number {
    return this.ids
      .map((id) => polls.of(id))
      .filter((vote) => vote.state === "ready" && !vote.closed && !vote.voted).length;
  }
}

export const openVotes = new OpenVotes();

/** Ballots that a reload interrupted carry their seal again. */
function resume(entries: readonly Entry[]): void {
  for (const entry of entries) {
    if (!OPS.includes(entry.op) || wishes.has(entry.id) || entry.progress === "failed") continue;
    const choices = entry.op === "poll.vote" ? (entry.fields.choices as number[]) : [];
    wishes.set(entry.id, polls.of(Number(entry.fields.poll_id)).wish([...choices]));
  }
}

/** Say what did not arrive, and offer what may still be done. */
function tell(failed: readonly Entry[]): void {
  for (const { error, fields } of failed) {
    if (error) toasts.show(t("vote.failed", { why: why(error.code) }));
    else {
      const vote = polls.of(Number(fields.poll_id));
      const act = () => cast(vote, (fields.choices as number[] | undefined) ?? []);
      toasts.show(t("vote.unanswered"), { label: t("again"), act });
    }
  }
}

/** What goes on whether or not a vote is on screen. Once per page. */
export function start(): void {
  live.outbox.onSettled((entry, answer) => {
    if (!OPS.includes(entry.op)) return;
    polls.applyBallot(answer as Ballot);
    unwish(entry.id);
  });
  $effect.root(() => {
    $effect(() => {
      if (session.phase === "in") untrack(() => void openVotes.load());
    });
    retry(
      () => (openVotes.state === "failed" ? openVotes.error : null),
      () => openVotes.load(),
    );
    $effect(() => {
      badges.votes = openVotes.waiting;
    });
    $effect(() => {
      const entries = live.outbox.entries.slice();
      untrack(() => resume(entries));
      if (entries.some(({ progress }) => progress === "failed" || progress === "asking"))
        untrack(() => tell(takeFailed()));
    });
  });
}
