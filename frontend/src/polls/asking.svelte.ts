/** A vote somebody is putting together. */
import { newClientId } from "../socket/outbox.svelte";
import { upload } from "../ui/upload";
import { Uploads } from "../ui/uploads.svelte";
import type { ItemCard, PollDraft } from "./wire";

export const QUESTION_LIMIT = 300;
export const OPTION_LIMIT = 200;
export const FEWEST = 2;
export const MOST = 20;
const SHORTEST = 10_000;
const LONGEST = 32 * 86_400_000;

export type Place = PollDraft["place"];

export class Choice {
  readonly key = newClientId();
  text = $state("");
  item = $state.raw<ItemCard | null>(null);
  readonly picture = new Uploads(upload, 1);

  readonly empty: boolean = $derived(
    !this.text.trim() && !this.item && this.picture.list.length === 0,
  );
}

/** What is wrong with a vote; "" for nothing. */
export type Problem = "" | "empty" | "same" | "long" | "uploading" | "failed";

export class Asking {
  readonly clientId = newClientId();
  question = $state("");
  text = $state("");
  choice = $state<PollDraft["choice"]>("single");
  names = $state<PollDraft["names"]>("named");
  choices = $state<Choice[]>([]);
  /** Milliseconds from now; null: until I close it; "own": the moment in `until`. */
  lasts = $state<number | null | "own">(null);
  /** As a datetime-local field writes it. */
  until = $state("");

  constructor(items: readonly ItemCard[] = []) {
    for (const item of items) this.add().item = item;
    while (this.choices.length < FEWEST) this.add();
  }

  add(): Choice {
    const made = new Choice();
    this.choices.push(made);
    return made;
  }

  /** Ids of the items that are choices. */
  get items(): Set<number> {
    return new Set(this.choices.flatMap(({ item }) => item?.id ?? []));
  }

  /** Put an item to the vote, in the first empty place or a new one; or take it out again. */
  turn(item: ItemCard): void {
    const there = this.choices.find((one) => one.item?.id === item.id);
    if (there) {
      there.item = null;
      if (there.empty) this.remove(there.key);
      return;
    }
    const place = this.choices.find((one) => one.empty) ?? (this.full ? null : this.add());
    if (place) place.item = item;
  }

  get full(): boolean {
    return this.choices.length >= MOST && !this.choices.some((one) => one.empty);
  }

  remove(key: string): void {
    if (this.choices.length > FEWEST) this.choices = this.choices.filter((one) => one.key !== key);
  }

  /** Choices that nobody filled in are left out, as long as enough remain. */
  get filled(): Choice[] {
    const filled = this.choices.filter((one) => !one.empty);
    return filled.length >= FEWEST
      ? filled
      : this.choices.slice(0, Math.max(FEWEST, filled.length));
  }

  problem(one: Choice): Problem {
    if (one.picture.busy) return "uploading";
    if (one.picture.failed) return "failed";
    if ([...one.text.trim()].length > OPTION_LIMIT) return "long";
    if (one.empty) return this.filled.includes(one) ? "empty" : "";
    return this.#twin(one) ? "same" : "";
  }

  get questionProblem(): Problem {
    const length = [...this.question.trim()].length;
    if (length === 0) return "empty";
    return length > QUESTION_LIMIT ? "long" : "";
  }

  /** Whether the end lies between 10 s and 32 days from now. */
  deadlineProblem(now: number): boolean {
    if (this.lasts !== "own") return false;
    const left = new Date(this.until).getTime() - now;
    return !(left >= SHORTEST && left <= LONGEST);
  }

  ready(now: number): boolean {
    return this.#fine(now) && !this.#uploading;
  }

  /** Only pictures that are on their way are missing. */
  coming(now: number): boolean {
    return this.#fine(now) && this.#uploading;
  }

  get #uploading(): boolean {
    return this.choices.some((one) => one.picture.busy);
  }

  #fine(now: number): boolean {
    return (
      this.questionProblem === "" &&
      !this.deadlineProblem(now) &&
      this.choices.every((one) => ["", "uploading"].includes(this.problem(one)))
    );
  }

  /** now: by the server's clock; the end is said as seconds from then. */
  draft(place: Place, now: number): PollDraft {
    const left = this.lasts === "own" ? new Date(this.until).getTime() - now : this.lasts;
    return {
      client_id: this.clientId,
      place,
      question: this.question.trim(),
      choice: this.choice,
      names: this.names,
      options: this.filled.map((one) => ({
        text: one.text.trim(),
        item_id: one.item?.id ?? null,
        picture_id: one.item ? null : (one.picture.done[0]?.id ?? null),
      })),
      closes_in: left === null ? null : Math.round(left / 1000),
    };
  }

  #twin(one: Choice): boolean {
    const words = one.text.trim().toLowerCase();
    return this.choices.some(
      (other) =>
        other.key !== one.key &&
        (one.item
          ? other.item?.id === one.item.id && other.text.trim().toLowerCase() === words
          : words !== "" &&
            !other.item &&
            one.picture.list.length === 0 &&
            other.picture.list.length === 0 &&
            other.text.trim().toLowerCase() === words),
    );
  }
}
