/** Votes in words: what a screen reader says, and what stands beside the pictures. */
import { i18n, t } from "../i18n/index.svelte";
import { titleOf } from "../market/words";
import { leaders } from "./polls.svelte";
import type { OptionView, Poll } from "./wire";

const HOUR = 3_600_000;

/** How an option is called. */
export function nameOf(option: OptionView): string {
  return option.text || (option.item ? titleOf(option.item) : option.picture?.alt) || "";
}

/** Every option has a name: one that is only a picture is called by its place. */
export function namesOf(poll: Poll): Map<number, string> {
  return new Map(
    poll.options.map((option, index) => [
      option.id,
      nameOf(option) || t("ask.option", { n: index + 1 }),
    ]),
  );
}

export function turnout(poll: Poll): string {
  if (poll.voted === 0) return t("vote.turnout.none");
  if (poll.eligible === null) return t("vote.turnout", { n: poll.voted });
  return t("vote.turnout.of", { n: poll.voted, all: poll.eligible });
}

/** A moment for people: the time alone when it is today. */
export function whenOf(at: number, now: number): string {
  const day = (moment: number) => new Date(moment).toDateString();
  return day(at) === day(now) ? i18n.time(at) : i18n.date(at);
}

/** What stands beside the burning line. */
export function timeWords(poll: Poll, now: number): string {
  if (poll.closed_at !== null) return t("vote.ended", { when: whenOf(poll.closed_at, now) });
  if (poll.deadline === null) return t("vote.endless");
  const left = poll.deadline - now;
  if (left <= 0) return t("vote.closing");
  const time = i18n.duration(left);
  return left < HOUR / 60 ? t("vote.soon", { time }) : t("vote.left", { time });
}

/** How it ended, in one sentence. */
export function result(poll: Poll): string {
  const names = namesOf(poll);
  const first = leaders(poll);
  const called = first.map((id) => names.get(id) ?? "");
  if (first.length === 0) return t("vote.result.none");
  if (first.length > 1) return t("vote.result.tie", { names: i18n.list(called) });
  const votes = poll.options.find((option) => option.id === first[0])?.votes ?? 0;
  return t("vote.result.one", { name: called[0] ?? "", n: votes });
}

/** The tally in one sentence, for those who hear the page. */
export function spoken(poll: Poll): string {
  const names = namesOf(poll);
  const counts = poll.options.map(
    (option) => `${names.get(option.id)} ${i18n.number(option.votes)}`,
  );
  const turned = turnout(poll);
  return t("vote.said", { question: poll.question, tally: i18n.list(counts), turnout: turned });
}

/** Columns that look right for this many pictures. */
export function columns(count: number): number {
  if (count <= 3) return count;
  return count === 4 ? 2 : 3;
}
