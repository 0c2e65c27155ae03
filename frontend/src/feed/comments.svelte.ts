/** The conversation under one post. */
import type { Comment, CommentPage } from "../wire/api";
import type { CommentAddedEvent, CommentDeletedEvent } from "../wire/events";
import type { Phase } from "./feed.svelte";

export type CommentEvent = CommentAddedEvent | CommentDeletedEvent;

export class Comments {
  phase = $state<Phase>("new");
  /** Cursor of the comments between `read` and `late`; null when there is nothing between. */
  next = $state<string | null>(null);
  /** Read from the oldest on, without holes. */
  #read = $state.raw<readonly Comment[]>([]);
  /** Arrived live while older ones are still unread. */
  #late = $state.raw<readonly Comment[]>([]);
  #hidden = $state.raw<ReadonlySet<number>>(new Set());
  readonly #gone = new Set<number>();

  get read(): readonly Comment[] {
    return this.#shown(this.#read);
  }

  get late(): readonly Comment[] {
    return this.#shown(this.#late);
  }

  load(page: CommentPage): void {
    this.#read = [];
    this.extend(page);
    this.phase = "ready";
  }

  extend(page: CommentPage): void {
    const newest = page.comments.at(-1)?.id ?? 0;
    const reached = (comment: Comment) => page.next === null || comment.id < newest;
    this.#read = this.#merge(
      [...this.#read, ...page.comments],
      this.#late.filter((comment) => reached(comment)),
    );
    const known = new Set(this.#read.map((comment) => comment.id));
    this.#late = this.#late.filter((comment) => !known.has(comment.id));
    this.next = page.next;
  }

  apply(event: CommentEvent): void {
    if (event.type === "comment.added") this.admit(event.data.comment);
    else this.#remove(event.data.comment_id);
  }

  /** A comment for me to read: told to all, or asked for after `comment.withheld`. */
  admit(comment: Comment): void {
    if (this.phase === "ready" && this.next === null)
      this.#read = this.#merge(this.#read, [comment]);
    else this.#late = this.#merge(this.#late, [comment]);
  }

  /** Whether a comment of mine has arrived, whatever became of its acknowledgement. */
  has(client_id: string): boolean {
    const same = (comment: Comment) => comment.client_id === client_id;
    return this.#read.some(same) || this.#late.some(same);
  }

  /** A comment that is here, and not being taken back. */
  find(id: number): Comment | undefined {
    const same = (comment: Comment) => comment.id === id;
    return this.read.find(same) ?? this.late.find(same);
  }

  hide(id: number): void {
    this.#hidden = new Set([...this.#hidden, id]);
  }

  unhide(id: number): void {
    this.#hidden = new Set([...this.#hidden].filter((one) => one !== id));
  }

  /** Live knowledge has a hole: read again from the start. */
  clear(): void {
    this.phase = "new";
    this.next = null;
    this.#read = [];
    this.#late = [];
    this.#gone.clear();
  }

  #remove(id: number): void {
    this.#gone.add(id);
    this.#read = this.#read.filter((comment) => comment.id !== id);
    this.#late = this.#late.filter((comment) => comment.id !== id);
  }

  #merge(some: readonly Comment[], others: readonly Comment[]): readonly Comment[] {
    const byId = new Map<number, Comment>();
    for (const comment of [...some, ...others])
      if (!this.#gone.has(comment.id)) byId.set(comment.id, comment);
    return [...byId.values()].sort((a, b) => a.id - b.id);
  }

  #shown(comments: readonly Comment[]): readonly Comment[] {
    if (this.#hidden.size === 0) return comments;
    return comments.filter((comment) => !this.#hidden.has(comment.id));
  }
}
