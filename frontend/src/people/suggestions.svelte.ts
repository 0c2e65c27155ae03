/** People I may know, as long as I have nothing to do with them. */
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import type { Suggestion } from "../wire/api";
import { ties } from "./ties.svelte";

export class Suggestions {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  #loaded = $state.raw<readonly Suggestion[]>([]);
  /** Those that I do not want, whatever an answer under way says. */
  #unwanted = $state.raw<ReadonlySet<number>>(new Set());

  readonly all: readonly Suggestion[] = $derived(
    this.#loaded.filter(
      ({ person }) => !this.#unwanted.has(person.id) && (ties.to(person.id) ?? "none") === "none",
    ),
  );

  async load(): Promise<void> {
    try {
      this.#loaded = await data(api.GET("/api/suggestions"));
      this.error = null;
      this.phase = "ready";
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.load();
  }

  /** Gone at once; back when the server could not note it, which is thrown. */
  async dismiss(id: number): Promise<void> {
    this.#unwanted = new Set([...this.#unwanted, id]);
    try {
      await api.DELETE("/api/suggestions/{other_id}", { params: { path: { other_id: id } } });
    } catch (error) {
      this.#unwanted = new Set([...this.#unwanted].filter((one) => one !== id));
      throw error;
    }
  }
}

/** The reasons, the stronger first. */
export function reasons({ friends, known_by, groups, group }: Suggestion): string[] {
  const said: string[] = [];
  if (known_by) {
    const { name } = known_by;
    said.push(friends > 1 ? t("know.by.more", { name, n: friends - 1 }) : t("know.by", { name }));
  }
  if (group)
    said.push(
      groups > 1 ? t("know.group.more", { group, n: groups - 1 }) : t("know.group", { group }),
    );
  return said;
}
