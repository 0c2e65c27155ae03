/** An open conversation: its comments, where they come from and how they stay current. */
import { ApiError, api, data } from "../http";
import { live } from "../socket/live.svelte";
import type { CommentPage } from "../wire/api";
import { Comments } from "./comments.svelte";

export class Thread {
  readonly post: number;
  readonly comments = new Comments();
  error = $state<unknown>(null);
  /** Older comments are on their way, or failed to come. */
  more = $state<"idle" | "loading" | "failed">("idle");
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
