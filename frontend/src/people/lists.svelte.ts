/** My friend lists, which nobody else knows of. */
import { SvelteMap } from "svelte/reactivity";
import { session } from "../account/session.svelte";
import { ApiError, api, data } from "../http";
import { live } from "../socket/live.svelte";
import type { FriendListView } from "../wire/api";
import type { ListChangedEvent, ListDeletedEvent } from "../wire/events";

export const NAME_LIMIT = 40;

export class Lists {
  phase = $state<"new" | "loading" | "failed" | "ready">("new");
  error = $state.raw<unknown>(null);
  readonly #views = new SvelteMap<number, FriendListView>();
  /** How many events there were: an answer older than an event is not believed. */
  #told = 0;

  /** The oldest first. */
  readonly all: readonly FriendListView[] = $derived(
    [...this.#views.values()].sort((a, b) => a.id - b.id),
  );

  of(id: number): FriendListView | undefined {
    return this.#views.get(id);
  }

  /** The one whose posts are told there. */
  onTopic(topic: string): FriendListView | undefined {
    return this.all.find((one) => one.topic === topic);
  }

  /** Load them, unless they are there. */
  async open(): Promise<void> {
    if (this.phase === "new" || this.phase === "failed") await this.load();
  }

  async load(): Promise<void> {
    if (this.phase !== "ready") this.phase = "loading";
    try {
      const { lists, head } = await data(api.GET("/api/lists"));
      this.#views.clear();
      for (const view of lists) this.#views.set(view.id, view);
      this.error = null;
      this.phase = "ready";
      // My topic is followed already: what happened since is told again.
      live.watch(`user:${session.id}`, { after: head });
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  apply(event: ListChangedEvent | ListDeletedEvent): void {
    this.#told += 1;
    if (event.type === "list.changed") this.#views.set(event.data.list.id, event.data.list);
    else this.#views.delete(event.data.list_id);
  }

  /** No friend any more, and so in none of my lists. */
  parted(person: number): void {
    for (const [id, view] of this.#views)
      if (view.members.includes(person)) {
        const members = view.members.filter((member) => member !== person);
        this.#views.set(id, { ...view, members });
      }
  }

  /** Returns the new list. Throws what the server says, as all that follow. */
  make(name: string): Promise<FriendListView> {
    return this.#answered(() => data(api.POST("/api/lists", { body: { name } })));
  }

  rename(list_id: number, name: string): Promise<FriendListView> {
    const params = { path: { list_id } };
    return this.#answered(() =>
      data(api.PATCH("/api/lists/{list_id}", { params, body: { name } })),
    );
  }

  /** Put a friend in, or take one out. */
  put(list_id: number, other_id: number, on: boolean): Promise<FriendListView> {
    const path = "/api/lists/{list_id}/members/{other_id}";
    const params = { path: { list_id, other_id } };
    return this.#answered(() =>
      data(on ? api.PUT(path, { params }) : api.DELETE(path, { params })),
    );
  }

  /** One that was gone already is deleted too. */
  async delete(list_id: number): Promise<void> {
    try {
      await api.DELETE("/api/lists/{list_id}", { params: { path: { list_id } } });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
    this.#views.delete(list_id);
  }

  clear(): void {
    this.phase = "new";
    this.error = null;
    this.#views.clear();
  }

  async #answered(ask: () => Promise<FriendListView>): Promise<FriendListView> {
    const told = this.#told;
    const view = await ask();
    if (told === this.#told) this.#views.set(view.id, view);
    return view;
  }
}

export const lists = new Lists();
