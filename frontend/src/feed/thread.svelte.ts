/** An open conversation: its comments, where they come from and how they stay current. */
import { SvelteMap } from "svelte/reactivity";
import { ApiError, api, data } from "../http";
import { live } from "../socket/live.svelte";
import type { Comment, CommentPage } from "../wire/api";
import { Comments } from "./comments.svelte";

export class Thread {
  readonly post: number;
  readonly comments = new Comments();
  error = $state<unknown>(null);
  /** Older comments are on their way, or failed to come. */
  more = $state<"idle" | "loading" | "failed">("idle");
  readonly #answered = new SvelteMap<number, Comment | null>();
  readonly #sought = new Set<number>();
  #stop: (() => void) | null = null;

  constructor(post: number) {
    this.post = post;
  }

  /** Load from the oldest comment on and follow the post. */
  async open(): Promise<void> {
    if (this.comments.phase === "loading") return;
    this.comments.phase = "loading";
    try {
      const page = await this.#page(null);
      this.comments.load(page);
      this.#follow(page.head);
    } catch (error) {
      this.error = error;
      this.comments.phase = "failed";
    }
  }

  async extend(): Promise<void> {
    if (this.more === "loading" || this.comments.next === null) return;
    this.more = "loading";
    try {
      this.comments.extend(await this.#page(this.comments.next));
      this.more = "idle";
    } catch {
      this.more = "failed";
    }
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** A comment that not every watcher may read: if it is for me, I am told. */
  async ask(comment_id: number): Promise<void> {
    try {
      const params = { path: { comment_id } };
      this.comments.admit(await data(api.GET("/api/comments/{comment_id}", { params })));
    } catch (error) {
      // Not for me, or gone meanwhile. Without an answer the next load shows it.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** What a comment answers: null when it is not for me or gone, undefined until that is known. */
  answered(id: number): Comment | null | undefined {
    return this.comments.find(id) ?? this.#answered.get(id);
  }

  /** Ask for what a comment answers, unless it is here. */
  async seek(id: number): Promise<void> {
    if (this.answered(id) !== undefined || this.#sought.has(id)) return;
    this.#sought.add(id);
    try {
      const params = { path: { comment_id: id } };
      const found = await data(api.GET("/api/comments/{comment_id}", { params }));
      this.#answered.set(id, found);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.#answered.set(id, null);
    } finally {
      this.#sought.delete(id);
    }
  }

  /** It has been taken back: what answers it says so. */
  forget(id: number): void {
    this.#answered.set(id, null);
  }

  #follow(head: number): void {
    if (this.#stop) live.loaded(`post:${this.post}`, head);
    else
      this.#stop = live.watch(`post:${this.post}`, {
        after: head,
        onReset: () => {
          this.comments.clear();
          void this.open();
        },
      });
  }

  #page(cursor: string | null): Promise<CommentPage> {
    const params = { path: { post_id: this.post }, query: cursor ? { cursor } : {} };
    return data(api.GET("/api/posts/{post_id}/comments", { params }));
  }
}
