/** Which items I keep, my folders and my words: the same on every page and in every tab. */
import { untrack } from "svelte";
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { session } from "../account/session.svelte";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { retry } from "../socket/retry.svelte";
import { toasts } from "../ui/toasts.svelte";
import { why } from "../ui/why";
import type { BookmarkDraft, BookmarkIndex, BookmarkView, ItemCard } from "../wire/api";
import type { BookmarksChangedEvent } from "../wire/events";

type Change = Partial<BookmarkDraft>;

export class Kept {
  phase = $state<"new" | "ready" | "failed">("new");
  error = $state.raw<unknown>(null);
  folders = $state.raw<BookmarkIndex["folders"]>([]);
  tags = $state.raw<BookmarkIndex["tags"]>([]);
  /** Grows with everything that is told: what is shown of bookmarks is loaded again then. */
  changes = $state(0);
  readonly #ids = new SvelteSet<number>();
  /** What I tapped, until the server has answered. */
  readonly #foreseen = new SvelteMap<number, boolean>();
  /** How many events spoke of an item: an answer older than an event is not believed. */
  readonly #told = new Map<number, number>();
  #asked = 0;

  /** Whether I keep it; undefined as long as that is not known. */
  has(id: number): boolean | undefined {
    return this.#foreseen.get(id) ?? (this.phase === "ready" ? this.#ids.has(id) : undefined);
  }

  get count(): number {
    return this.#ids.size;
  }

  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const index = await data(api.GET("/api/bookmarks/index"));
      if (asked !== this.#asked) return;
      this.learn(index);
      // What came after it is told again, and may be told twice.
      live.watch(`user:${session.id}`, { after: index.head, onReset: () => void this.load() });
    } catch (error) {
      if (asked !== this.#asked) return;
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  /** Folders and words afresh. Which items I keep is followed event by event: an index that is older
   *  than one of them would undo it. Throws what the server says. */
  async refresh(): Promise<void> {
    const { folders, tags } = await data(api.GET("/api/bookmarks/index"));
    this.folders = folders;
    this.tags = tags;
  }

  learn(index: BookmarkIndex): void {
    this.#ids.clear();
    for (const id of index.item_ids) this.#ids.add(id);
    this.folders = index.folders;
    this.tags = index.tags;
    this.error = null;
    this.phase = "ready";
  }

  apply({ data: { kept, dropped } }: BookmarksChangedEvent): void {
    for (const id of [...kept, ...dropped]) this.#told.set(id, (this.#told.get(id) ?? 0) + 1);
    for (const id of kept) this.#ids.add(id);
    for (const id of dropped) this.#ids.delete(id);
    this.changes += 1;
  }

  /** Keep an item, or change what is kept with it. Throws what the server says. */
  keep(id: number, change: Change = {}): Promise<BookmarkView> {
    const params = { path: { item_id: id } };
    const body = change as BookmarkDraft;
    return this.#turn(id, true, data(api.PUT("/api/bookmarks/{item_id}", { params, body })));
  }

  /** Returns what was kept with it, for taking the drop back. Throws what the server says. */
  async drop(id: number): Promise<BookmarkView> {
    const params = { path: { item_id: id } };
    const gone = async () => {
      const before = await data(api.GET("/api/bookmarks/{item_id}", { params }));
      await api.DELETE("/api/bookmarks/{item_id}", { params });
      return before;
    };
    return this.#turn(id, false, gone());
  }

  clear(): void {
    this.phase = "new";
    this.#ids.clear();
    this.#foreseen.clear();
    this.folders = this.tags = [];
  }

  async #turn<T>(id: number, on: boolean, request: Promise<T>): Promise<T> {
    const told = this.#told.get(id) ?? 0;
    this.#foreseen.set(id, on);
    try {
      const answer = await request;
      if ((this.#told.get(id) ?? 0) === told) {
        if (on) this.#ids.add(id);
        else this.#ids.delete(id);
      }
      return answer;
    } finally {
      this.#foreseen.delete(id);
    }
  }
}

export const kept = new Kept();

/** Everything that stood with a bookmark, to be put back. */
export function asBefore({ folder_id, note, tags, desired_minor }: BookmarkView): Change {
  return { folder_id, note, tags, desired_minor };
}

/** The tap on the mark. What goes wrong is said, and a drop can be taken back. */
export async function turn(item: Pick<ItemCard, "id">): Promise<void> {
  try {
    if (!kept.has(item.id)) {
      await kept.keep(item.id);
      return;
    }
    const before = await kept.drop(item.id);
    const act = () => void putBack(item.id, before);
    toasts.show(t("kept.dropped"), { label: t("undo"), act });
  } catch (error) {
    toasts.show(t("kept.failed", { why: why(error) }));
  }
}

export async function putBack(id: number, before: BookmarkView): Promise<void> {
  try {
    await kept.keep(id, asBefore(before));
  } catch (error) {
    toasts.show(t("kept.failed", { why: why(error) }));
  }
}

/** Once, when the app starts. */
export function start(): void {
  $effect.root(() => {
    $effect(() => {
      if (session.phase === "in") untrack(() => void kept.load());
    });
    retry(
      () => (kept.phase === "failed" ? kept.error : null),
      () => kept.load(),
    );
  });
}
