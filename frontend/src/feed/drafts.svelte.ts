/** My drafts on all devices, as the server has them. */
import { SvelteSet } from "svelte/reactivity";
import { ApiError, api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { items } from "../market/items.svelte";
import type { DraftBody, DraftView } from "../wire/api";
import type { Draft } from "./draft.svelte";
import type { Shop } from "./saver.svelte";
import { undoable } from "./undoable";

class Drafts implements Shop {
  phase = $state<"new" | "ready" | "failed">("new");
  error = $state.raw<unknown>(null);
  #all = $state.raw<readonly DraftView[]>([]);
  /** Deleted here, not yet there. */
  readonly #hidden = new SvelteSet<string>();
  /** Posted or deleted from here: an answer that was on its way by then may still hold them. */
  readonly #gone = new Set<string>();
  /** Those that are being written here. */
  readonly #open = new SvelteSet<Draft>();

  /** Those that are not being deleted, the last written first. */
  get list(): readonly DraftView[] {
    return this.#all.filter(({ client_id }) => !this.#hidden.has(client_id));
  }

  /** A draft that is written here hears of what other devices make of it. */
  opened(draft: Draft): void {
    this.#open.add(draft);
  }

  async load(): Promise<void> {
    const before = [...this.#open].map((draft) => ({ draft, key: draft.key, had: draft.version }));
    try {
      const { drafts } = await data(api.GET("/api/drafts"));
      this.#all = drafts.filter(({ client_id }) => !this.#gone.has(client_id));
      this.phase = "ready";
      items.offer(drafts.map(({ item }) => item));
      // What changed here while the answer was on its way is newer than the answer.
      for (const { draft, key, had } of before)
        if (draft.key === key && draft.version === had && had > 0) this.#follow(draft);
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  async keep(client_id: string, body: DraftBody): Promise<DraftView> {
    const params = { path: { client_id } };
    const view = await data(api.PUT("/api/drafts/{client_id}", { params, body, keepalive: true }));
    this.#gone.delete(view.client_id);
    this.#all = [view, ...this.#all.filter((one) => one.client_id !== view.client_id)];
    return view;
  }

  /** When it goes out by itself; null: not any more. Throws what the server says. */
  async plan(client_id: string, version: number, due_at: number | null): Promise<void> {
    const [params, body] = [{ path: { client_id } }, { version, due_at }];
    const view = await data(api.PUT("/api/drafts/{client_id}/plan", { params, body }));
    this.#all = this.#all.map((one) => (one.client_id === client_id ? view : one));
  }

  async drop(client_id: string, version: number): Promise<void> {
    const params = { path: { client_id }, query: { version } };
    await api.DELETE("/api/drafts/{client_id}", { params, keepalive: true });
    this.forget(client_id);
  }

  /** It is being posted, or gone. */
  forget(client_id: string): void {
    this.#gone.add(client_id);
    this.#all = this.#all.filter((one) => one.client_id !== client_id);
  }

  /** With a moment to think better of it; as it was seen, if another device changes it meanwhile. */
  discard({ client_id, version }: DraftView): void {
    this.#hidden.add(client_id);
    const back = () => void this.#hidden.delete(client_id);
    undoable(
      t("drafts.deleted"),
      async () => {
        try {
          await this.drop(client_id, version);
        } catch (error) {
          if (error instanceof ApiError && error.status === 409) void this.load();
          throw error;
        }
      },
      back,
      t("drafts.delete.failed"),
    );
  }

  /** Nothing of it was written here since: it goes on as the other device left it. */
  #follow(draft: Draft): void {
    if (!draft.clean) return;
    const view = this.#all.find(({ client_id }) => client_id === draft.key);
    if (!view) draft.clear();
    else if (view.version > draft.version) draft.take(view);
  }
}

export const drafts = new Drafts();
