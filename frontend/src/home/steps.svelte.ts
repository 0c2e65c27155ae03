/** The first things somebody does here: each is worth doing in itself, and done is done anywhere. */
import { session } from "../account/session.svelte";
import { kept } from "../bookmarks/kept.svelte";
import { api, data } from "../http";
import { ties } from "../people/ties.svelte";
import { polls } from "../polls/polls.svelte";
import { openVotes } from "../polls/votes.svelte";
import { openShelf } from "../ui/shelf";

export const STEPS = ["friend", "keep", "vote"] as const;
export type Step = (typeof STEPS)[number];

export class Steps {
  error = $state.raw<unknown>(null);
  /** Whether I ever asked for a vote; null as long as that is not known. */
  #asked = $state<boolean | null>(null);
  #hidden = $state(false);
  /** All was done before this page was opened: there is nothing to lead to. */
  #old = $state<boolean | null>(null);
  readonly #shelf = openShelf();

  readonly done: Record<Step, boolean> = $derived({
    friend: ties.friends.length > 0,
    keep: kept.count > 0,
    vote: this.#asked === true || this.#mineIsOpen(),
  });
  readonly left: number = $derived(STEPS.filter((step) => !this.done[step]).length);
  readonly #known: boolean = $derived(
    this.#asked !== null && ties.phase === "ready" && kept.phase === "ready",
  );
  readonly shown: boolean = $derived(this.#known && !this.#hidden && this.#old === false);

  async load(): Promise<void> {
    this.#hidden = this.#shelf.getItem(this.#name) === "hidden";
    try {
      this.#asked = (await data(api.GET("/api/polls/asked"))).ever;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  /** Call once all is known: whoever has done everything already is not led. */
  begin(): void {
    if (this.#known && this.#old === null) this.#old = this.left === 0;
  }

  hide(): void {
    this.#hidden = true;
    try {
      this.#shelf.setItem(this.#name, "hidden");
    } catch {
      // It comes back with the next page.
    }
  }

  get #name(): string {
    return `steps:${session.id}`;
  }

  #mineIsOpen(): boolean {
    return openVotes.ids.some((id) => polls.of(id).poll?.author.id === session.id);
  }
}
