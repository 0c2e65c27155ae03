/** Whom I follow: people who let anyone follow them. */
import { SvelteMap } from "svelte/reactivity";
import { session } from "../account/session.svelte";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { toasts } from "../ui/toasts.svelte";
import { why } from "../ui/why";
import type { FollowView, PersonCard } from "../wire/api";
import type { FollowChangedEvent } from "../wire/events";

class Follows {
  phase = $state<"new" | "loading" | "failed" | "ready">("new");
  error = $state.raw<unknown>(null);
  /** null: no more. */
  readonly #views = new SvelteMap<number, FollowView | null>();

  /** The latest first. */
  readonly all: readonly FollowView[] = $derived(
    [...this.#views.values()].filter((view) => view !== null).sort((a, b) => b.at - a.at),
  );

  /** Whether I follow them, as far as anything was heard of it. */
  of(person: number): boolean | undefined {
    const known = this.#views.get(person);
    return known === undefined ? (this.phase === "ready" ? false : undefined) : known !== null;
  }

  async load(): Promise<void> {
    if (this.phase !== "ready") this.phase = "loading";
    try {
      const { people, head } = await data(api.GET("/api/follows"));
      this.#views.clear();
      for (const view of people) this.#views.set(view.person.id, view);
      this.error = null;
      this.phase = "ready";
      // My topic is followed already: what happened since is told again.
      live.watch(`user:${session.id}`, { after: head });
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  apply({ data: { person, following, at } }: FollowChangedEvent): void {
    this.#views.set(person.id, following ? { person, at } : null);
  }

  async follow(person: PersonCard): Promise<void> {
    await this.#set(person, { person, at: Date.now() }, () => this.#put(person.id));
  }

  /** With a way back. */
  async unfollow(person: PersonCard): Promise<void> {
    const params = { path: { other_id: person.id } };
    const done = await this.#set(person, null, () =>
      data(api.DELETE("/api/people/{other_id}/follow", { params })),
    );
    if (done)
      toasts.show(t("follow.ended", { name: person.name }), {
        label: t("undo"),
        act: () => void this.follow(person),
      });
  }

  #put(other_id: number): Promise<FollowView> {
    return data(api.PUT("/api/people/{other_id}/follow", { params: { path: { other_id } } }));
  }

  /** Shown at once, settled by the server. */
  async #set(
    { id }: PersonCard,
    wanted: FollowView | null,
    ask: () => Promise<unknown>,
  ): Promise<boolean> {
    const before = this.#views.get(id);
    this.#views.set(id, wanted);
    try {
      await ask();
      return true;
    } catch (error) {
      if (before === undefined) this.#views.delete(id);
      else this.#views.set(id, before);
      toasts.show(t("follow.failed", { why: why(error) }));
      return false;
    }
  }
}

export const follows = new Follows();
