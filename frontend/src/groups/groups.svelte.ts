/** Groups as they stand now: the newest card of each that is known, mine, and how many ask. */
import { untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { retry } from "../socket/retry.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { GroupCard, GroupLine } from "../wire/api";
import type { GroupChangedEvent, GroupTiedEvent, GroupWaitingEvent } from "../wire/events";

export class Groups {
  phase = $state<"new" | "loading" | "failed" | "ready">("new");
  error = $state.raw<unknown>(null);
  readonly #mine = new SvelteMap<number, GroupLine>();
  readonly #cards = new SvelteMap<number, GroupCard>();
  readonly #waiting = new SvelteMap<number, { version: number; n: number }>();
  /** How often my standing to a group was told: an answer older than that is asked for again. */
  readonly #turns = new SvelteMap<number, number>();

  readonly mine: readonly GroupLine[] = $derived.by(() =>
    [...this.#mine.values()].map((line) => this.now(line)),
  );
  readonly invited = $derived(this.mine.filter((line) => line.standing === "invited"));
  readonly joined = $derived(this.mine.filter((line) => line.standing === "member"));
  readonly asked = $derived(this.mine.filter((line) => line.standing === "asked"));

  /** Once, when the app starts: invitations are told of wherever one is. */
  start(): void {
    $effect.root(() => {
      $effect(() => {
        if (session.phase === "in") untrack(() => void this.load());
      });
      retry(
        () => (this.phase === "failed" ? this.error : null),
        () => this.load(),
      );
    });
  }

  /** A line as it is now: counts and names move on after it was loaded. */
  now(line: GroupLine): GroupLine {
    return { ...line, group: this.card(line.group) };
  }

  /** The newer of a card and what was told since. */
  card(loaded: GroupCard): GroupCard {
    const told = this.#cards.get(loaded.id);
    return told && told.version > loaded.version ? told : loaded;
  }

  /** How many ask to come in, when it was told after that version. */
  waiting(id: number, loaded: number, version: number): number {
    const told = this.#waiting.get(id);
    return told && told.version >= version ? told.n : loaded;
  }

  turn(id: number): number {
    return this.#turns.get(id) ?? 0;
  }

  async load(): Promise<void> {
    if (untrack(() => this.phase) !== "ready") this.phase = "loading";
    try {
      const all = await data(api.GET("/api/me/groups"));
      this.#mine.clear();
      for (const line of all.groups) this.#mine.set(line.group.id, line);
      this.error = null;
      this.phase = "ready";
      this.#count();
      // The session follows my topic already: what was told after this was read comes again.
      live.watch(`user:${session.id}`, { after: all.head });
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  changed(event: GroupChangedEvent): void {
    const { group } = event.data;
    const known = this.#cards.get(group.id);
    if (!known || known.version < group.version) this.#cards.set(group.id, group);
  }

  tied(event: GroupTiedEvent): void {
    const { group_id, line } = event.data;
    const before = this.#mine.get(group_id)?.standing;
    this.#turns.set(group_id, this.turn(group_id) + 1);
    if (line && line.standing !== "none" && line.standing !== "banned")
      this.#mine.set(group_id, line);
    else this.#mine.delete(group_id);
    this.#count();
    if (line?.standing === "invited" && before !== "invited")
      toasts.show(t("groups.invited.told", { name: line.group.name }));
    if (line?.standing === "member" && before === "asked")
      toasts.show(t("groups.let_in", { name: line.group.name }));
  }

  wait(event: GroupWaitingEvent): void {
    const { group_id, waiting } = event.data;
    this.#waiting.set(group_id, { version: event.version, n: waiting });
  }

  #count(): void {
    badges.groups = [...this.#mine.values()].filter((one) => one.standing === "invited").length;
  }
}

export const groups = new Groups();
