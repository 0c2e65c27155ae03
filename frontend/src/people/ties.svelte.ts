/** How I stand to everybody I have anything to do with. */
import { SvelteMap } from "svelte/reactivity";
import type { Phase } from "../feed/feed.svelte";
import type { PersonCard, Ties as TiesView, TieView } from "../wire/api";
import type { TieChangedEvent } from "../wire/events";

type Tie = TieView["tie"];

export class Ties {
  phase = $state<Phase>("new");
  readonly #views = new SvelteMap<number, TieView>();
  /** What I asked for and may still take back, or the server has not confirmed yet. */
  readonly #foreseen = new SvelteMap<number, Tie>();
  /** How many events each person's tie has seen: an answer older than an event is not believed. */
  readonly #told = new Map<number, number>();

  readonly friends: readonly TieView[] = $derived.by(() => this.#those("friends"));
  readonly asking: readonly TieView[] = $derived.by(() => this.#those("asking"));
  readonly asked: readonly TieView[] = $derived.by(() => this.#those("asked"));
  readonly blocked: readonly TieView[] = $derived.by(() => this.#those("blocked"));

  /** My tie to a person, or undefined while ties are not loaded and nothing was heard. */
  to(id: number): Tie | undefined {
    const known = this.#foreseen.get(id) ?? this.#views.get(id)?.tie;
    return known ?? (this.phase === "ready" ? "none" : undefined);
  }

  load(all: TiesView): void {
    this.#views.clear();
    for (const view of [...all.friends, ...all.asking, ...all.asked, ...all.blocked])
      this.#views.set(view.person.id, view);
    this.phase = "ready";
  }

  apply(event: TieChangedEvent): void {
    const { person, tie, at } = event.data;
    this.#told.set(person.id, this.told(person.id) + 1);
    this.#foreseen.delete(person.id);
    this.#set({ person, tie, at });
  }

  /** A friend is called or looks otherwise now. */
  renamed(person: PersonCard): void {
    const view = this.#views.get(person.id);
    if (view) this.#views.set(person.id, { ...view, person });
  }

  /** The card of a friend, whose changes are told; of nobody else. */
  friend(id: number): PersonCard | undefined {
    const view = this.#views.get(id);
    return view?.tie === "friends" ? view.person : undefined;
  }

  /** Call before asking the server to change a tie; hand the result to `answered`. */
  told(id: number): number {
    return this.#told.get(id) ?? 0;
  }

  /** Show this tie until `answered` or `unforesee`. */
  foresee(id: number, tie: Tie): void {
    this.#foreseen.set(id, tie);
  }

  unforesee(id: number): void {
    this.#foreseen.delete(id);
  }

  /** The server's answer, unless an event has said more since the question. */
  answered(view: TieView, told: number): void {
    this.#foreseen.delete(view.person.id);
    if (this.told(view.person.id) === told) this.#set(view);
  }

  clear(): void {
    this.phase = "new";
    this.#views.clear();
    this.#foreseen.clear();
    this.#told.clear();
  }

  #set(view: TieView): void {
    if (view.tie === "none" || view.tie === "self") this.#views.delete(view.person.id);
    else this.#views.set(view.person.id, view);
  }

  #those(tie: Tie): TieView[] {
    return [...this.#views.values()]
      .map((view) => ({ ...view, tie: this.#foreseen.get(view.person.id) ?? view.tie }))
      .filter((view) => view.tie === tie)
      .sort((a, b) => b.at - a.at || b.person.id - a.person.id);
  }
}

export const ties = new Ties();
