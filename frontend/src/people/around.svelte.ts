/** My ties and who of my friends is here, from the moment somebody is signed in. */
import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { retry } from "../socket/retry.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { TieView } from "../wire/api";
import { presence } from "./presence.svelte";
import { ties } from "./ties.svelte";

class Around {
  error = $state<unknown>(null);
  readonly #stops = new Map<number, () => void>();

  /** Once, when the app starts. */
  start(): void {
    $effect.root(() => {
      $effect(() => {
        if (session.phase === "in") void this.load();
      });
      retry(
        () => (ties.phase === "failed" ? this.error : null),
        () => this.load(),
      );
      $effect(() => {
        badges.people = ties.asking.length;
      });
    });
  }

  /** Load ties and follow the friends' presence. */
  async load(): Promise<void> {
    if (untrack(() => ties.phase) === "loading") return;
    if (untrack(() => ties.phase) !== "ready") ties.phase = "loading";
    try {
      const all = await data(api.GET("/api/friends"));
      ties.load(all);
      // The session follows my topic already: asking again from an older number brings the
      // difference, and a tie that is told twice is the same tie.
      live.watch(`user:${session.id}`, { after: all.head });
      for (const { person } of all.friends) this.#watch(person.id);
    } catch (error) {
      this.error = error;
      if (ties.phase !== "ready") ties.phase = "failed";
    }
  }

  changed(view: TieView, before: TieView["tie"] | undefined): void {
    const { person, tie } = view;
    if (tie === "friends") this.#watch(person.id);
    else this.#unwatch(person.id);
    if (tie === "asking" && before !== "asking") toasts.show(t("tie.asks", { name: person.name }));
    if (tie === "friends" && before === "asked") toasts.show(t("tie.new", { name: person.name }));
  }

  #watch(person: number): void {
    if (this.#stops.has(person)) return;
    const gone = () => {
      this.#stops.delete(person);
      presence.forget(person);
    };
    this.#stops.set(person, live.watch(`presence:${person}`, { onGone: gone }));
  }

  #unwatch(person: number): void {
    this.#stops.get(person)?.();
    this.#stops.delete(person);
    presence.forget(person);
  }
}

export const around = new Around();
