/** My ties, how friends are called and who of them is here, from the moment somebody is signed in. */
import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { retry } from "../socket/retry.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { Ties, TieView } from "../wire/api";
import { distances } from "./distance.svelte";
import { presence } from "./presence.svelte";
import { ties } from "./ties.svelte";

const RELOAD_PAUSE = 3_000;

class Around {
  error = $state<unknown>(null);
  /** Friends whose presence is watched, and those whose card is. */
  readonly #seen = new Map<number, () => void>();
  readonly #known = new Map<number, () => void>();
  /** Author topics whose events have a hole. */
  readonly #lost = new Set<string>();

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
      // Whoever hides sees nobody; showing oneself again gives the friends back.
      $effect(() => {
        if (!session.me?.show_presence || ties.phase !== "ready") return;
        untrack(() => {
          for (const { person } of ties.friends) this.look(person.id);
        });
      });
    });
  }

  /** Load ties and follow the friends. */
  async load(): Promise<Ties | null> {
    if (untrack(() => ties.phase) === "loading") return null;
    if (untrack(() => ties.phase) !== "ready") ties.phase = "loading";
    try {
      const all = await data(api.GET("/api/friends"));
      ties.load(all);
      distances.load(all);
      // The session follows my topic already: asking again from an older number brings the
      // difference, and a tie that is told twice is the same tie.
      live.watch(`user:${session.id}`, { after: all.head });
      for (const { person } of all.friends) this.#follow(person.id, all.heads);
      return all;
    } catch (error) {
      this.error = error;
      if (ties.phase !== "ready") ties.phase = "failed";
      return null;
    }
  }

  changed(view: TieView, before: TieView["tie"] | undefined): void {
    const { person, tie } = view;
    if (tie === "friends") this.#follow(person.id);
    else this.#unfollow(person.id);
    if (tie === "asking" && before !== "asking" && !distances.is(person.id, "muted"))
      toasts.show(t("tie.asks", { name: person.name }));
    if (tie === "friends" && before === "asked") toasts.show(t("tie.new", { name: person.name }));
  }

  /** A friend's presence may be mine to see now: the server knows whether it is. */
  look(person: number): void {
    if (ties.to(person) !== "friends" || this.#seen.has(person)) return;
    const onGone = () => {
      this.#seen.delete(person);
      presence.forget(person);
    };
    this.#seen.set(person, live.watch(`presence:${person}`, { onGone }));
  }

  /** A friend shows more than before: their presence, perhaps, and how they are called. */
  again(person: number): void {
    if (ties.to(person) === "friends") this.#follow(person);
  }

  #follow(person: number, heads: Ties["heads"] = {}): void {
    this.look(person);
    if (this.#known.has(person)) return;
    const topic = `author:${person}`;
    const after = heads[topic];
    const stop = live.watch(topic, {
      ...(after === undefined ? {} : { after }),
      onReset: () => this.#missed(topic),
      onGone: () => this.#known.delete(person),
    });
    this.#known.set(person, stop);
  }

  #unfollow(person: number): void {
    for (const stops of [this.#seen, this.#known]) {
      stops.get(person)?.();
      stops.delete(person);
    }
    presence.forget(person);
  }

  /** Too much of a friend was missed to be told one by one: all ties afresh, once for all of them. */
  #missed(topic: string): void {
    if (this.#lost.size === 0) queueMicrotask(() => void this.#reload());
    this.#lost.add(topic);
  }

  async #reload(): Promise<void> {
    const all = await this.load();
    if (!all) {
      setTimeout(() => void this.#reload(), RELOAD_PAUSE);
      return;
    }
    for (const topic of this.#lost) {
      const head = all.heads[topic];
      if (head !== undefined) live.loaded(topic, head);
    }
    this.#lost.clear();
  }
}

export const around = new Around();
