/** What others could see of me in one week, and the ways to take each of it back. */
import { SvelteSet } from "svelte/reactivity";
import { session } from "../account/session.svelte";
import { posts } from "../feed/posts.svelte";
import { undoable } from "../feed/undoable";
import { remove } from "../groups/acts";
import { api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { items } from "../market/items.svelte";
import type { PostEntry, SharedThing } from "../wire/api";
import { undo } from "./activities.svelte";

export class Week {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  #all = $state.raw<readonly SharedThing[]>([]);
  /** Where this week begins, where it ends (null: now), and where the one before it ends. */
  since = $state.raw(0);
  until = $state.raw<number | null>(null);
  earlier = $state.raw<number | null>(null);
  next = $state.raw<string | null>(null);
  more = $state<"idle" | "loading" | "failed">("idle");
  /** The ends of the later weeks that I came from. */
  #later = $state.raw<readonly (number | null)[]>([]);
  readonly latest = $derived(this.#later.length === 0);
  /** Taken back here, while that can still be undone and after. */
  readonly #gone = new SvelteSet<string>();
  /** An answer to a question that is not the last one is not believed. */
  #asked = 0;

  /** What was told. What waits to be told is elsewhere: nobody has seen it. */
  readonly told: readonly SharedThing[] = $derived(
    this.#all.filter((one) => !this.#gone.has(keyOf(one)) && one.activity?.state !== "waiting"),
  );

  /** Again from the newest; as much as is shown already. */
  async load(): Promise<void> {
    const mine = ++this.#asked;
    const shown = this.#all.length;
    try {
      let page = await this.#page(null);
      const things = [...page.things];
      while (page.next !== null && things.length < shown && mine === this.#asked) {
        const { since, earlier } = page;
        page = { ...(await this.#page(page.next)), since, earlier };
        things.push(...page.things);
      }
      if (mine !== this.#asked) return;
      this.#keep(things);
      this.since = page.since;
      this.earlier = page.earlier;
      this.next = page.next;
      this.more = "idle";
      this.error = null;
      this.phase = "ready";
    } catch (error) {
      if (mine !== this.#asked) return;
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.load();
  }

  async extend(): Promise<void> {
    if (this.more === "loading" || this.next === null) return;
    this.more = "loading";
    const mine = this.#asked;
    try {
      const page = await this.#page(this.next);
      if (mine !== this.#asked) return;
      this.#keep([...this.#all, ...page.things]);
      this.next = page.next;
      this.more = "idle";
    } catch {
      if (mine === this.#asked) this.more = "failed";
    }
  }

  goEarlier(): Promise<void> {
    if (this.earlier === null) return Promise.resolve();
    this.#later = [...this.#later, this.until];
    return this.#go(this.earlier);
  }

  goLater(): Promise<void> {
    const until = this.#later.at(-1) ?? null;
    this.#later = this.#later.slice(0, -1);
    return this.#go(until);
  }

  #go(until: number | null): Promise<void> {
    this.until = until;
    this.#all = [];
    this.next = null;
    return this.again();
  }

  #page(cursor: string | null) {
    const query = cursor !== null ? { cursor } : this.until !== null ? { until: this.until } : {};
    return data(api.GET("/api/me/shared", { params: { query } }));
  }

  #keep(things: readonly SharedThing[]): void {
    posts.keep(things.flatMap(({ post }) => post ?? []));
    items.offer(things.map(({ activity }) => activity?.activity.item ?? null));
    this.#all = [...new Map(things.map((one) => [keyOf(one), one])).values()];
  }

  /**
   * Take one back: from every page of everybody. An activity at once; the rest in five seconds,
   * unless it is undone. Throws what the server says of an activity.
   */
  async takeBack(thing: SharedThing): Promise<void> {
    if (thing.activity) {
      await undo(thing.activity.activity.id);
      await this.load();
      return;
    }
    const key = keyOf(thing);
    const own = ownPost(thing)?.post.id;
    this.#gone.add(key);
    if (own !== undefined) posts.hide(own);
    undoable(
      t(`shared.back.${thing.kind}`),
      () => act(thing),
      () => {
        this.#gone.delete(key);
        if (own !== undefined) posts.unhide(own);
      },
      t("shared.back.failed"),
    );
  }
}

export const keyOf = ({ kind, id, message_id }: SharedThing): string =>
  `${kind} ${id}${message_id === null ? "" : " in a chat"}`;

/** The post that a thing is, as this browser knows it now; null: it is none of mine. */
export function ownPost({ kind, post }: SharedThing): PostEntry | null {
  const mine = kind === "post" || kind === "reshare" || kind === "vote";
  return mine && post ? (posts.get(post.post.id) ?? post) : null;
}

async function act(thing: SharedThing): Promise<unknown> {
  const own = ownPost(thing);
  if (own) {
    const params = { path: { post_id: own.post.id } };
    return api.DELETE("/api/posts/{post_id}", { params, keepalive: true });
  }
  if (thing.group) return remove(thing.group.id, session.id);
  if (thing.kind === "ballot") {
    const params = { path: { poll_id: thing.id } };
    return api.DELETE("/api/polls/{poll_id}/ballot", { params, keepalive: true });
  }
  if (thing.message_id !== null) {
    const params = { path: { message_id: thing.message_id } };
    return api.DELETE("/api/messages/{message_id}", { params, keepalive: true });
  }
  const params = { path: { comment_id: thing.id } };
  return api.DELETE("/api/comments/{comment_id}", { params, keepalive: true });
}
