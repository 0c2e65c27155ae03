/** Whom I mute or restrict. They are never told. */
import { SvelteMap } from "svelte/reactivity";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { toasts } from "../ui/toasts.svelte";
import { why } from "../ui/why";
import type { Distance, PersonCard, Ties } from "../wire/api";

type Way = "muted" | "restricted";
const PATHS = {
  muted: "/api/people/{other_id}/mute",
  restricted: "/api/people/{other_id}/restriction",
} as const;

class Distances {
  readonly #views = new SvelteMap<number, Distance>();

  readonly muted: readonly PersonCard[] = $derived.by(() => this.#those("muted"));
  readonly restricted: readonly PersonCard[] = $derived.by(() => this.#those("restricted"));

  /** Called with whom I mute no more. */
  onHeard: (person: number) => void = () => {};

  is(person: number, way: Way): boolean {
    return this.#views.get(person)?.[way] ?? false;
  }

  load({ muted, restricted }: Ties): void {
    const ids = [muted, restricted].map((some) => new Set(some.map(({ id }) => id)));
    this.#views.clear();
    for (const person of [...muted, ...restricted])
      this.#views.set(person.id, {
        person,
        muted: ids[0]?.has(person.id) ?? false,
        restricted: ids[1]?.has(person.id) ?? false,
      });
  }

  /** Of an event or an answer, whichever comes first. */
  apply(view: Distance): void {
    const heard = this.is(view.person.id, "muted") && !view.muted;
    this.#views.set(view.person.id, view);
    if (heard) this.onHeard(view.person.id);
  }

  /** Keep somebody away so, or no more; with a way back. */
  async set(person: PersonCard, way: Way, on: boolean, again = true): Promise<void> {
    const params = { path: { other_id: person.id } };
    try {
      this.apply(
        await data(on ? api.PUT(PATHS[way], { params }) : api.DELETE(PATHS[way], { params })),
      );
    } catch (error) {
      toasts.show(t("tie.failed", { why: why(error) }));
      return;
    }
    const undo = { label: t("undo"), act: () => void this.set(person, way, !on, false) };
    toasts.show(
      t(`distance.${way}.${on ? "on" : "off"}`, { name: person.name }),
      again ? undo : undefined,
    );
  }

  #those(way: Way): PersonCard[] {
    return [...this.#views.values()].filter((view) => view[way]).map(({ person }) => person);
  }
}

export const distances = new Distances();
