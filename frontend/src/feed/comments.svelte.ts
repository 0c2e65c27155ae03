/** The conversation under one post. */
import type { Comment, CommentPage, PersonCard } from "../wire/api";
import type { CommentAddedEvent, CommentDeletedEvent } from "../wire/events";
import type { Phase } from "./feed.svelte";

export type CommentEvent = CommentAddedEvent | CommentDeletedEvent;

/** A comment of mine on its way. */
export interface Pending {
  readonly client_id: string;
  readonly text: string;
  readonly author: PersonCard;
  failed: string | null;
}

export class Comments {
  phase = $state<Phase>("new");
  /** Cursor of the comments between `read` and `late`; null when there is nothing between. */
  next = $state<string | null>(null);
  pending = $state<Pending[]>([]);
  /** Read from the oldest on, without holes. */
  #read = $state.raw<readonly Comment[]>([]);
  /** Arrived live while older ones are still unread. */
  #late = $state.raw<readonly Comment[]>([]);
  #hidden = $state.raw<ReadonlySet<number>>(new Set());
  readonly #gone = new Set<number>();

  readonly read: readonly Comment[] = $derived.by(() => this.#shown(this.#read));
  readonly late: readonly Comment[] = $derived.by(() => this.#shown(this.#late));

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
    this.#settle(page.comments);
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
    this.#settle([comment]);
  }

  /** Shown at once, until the event with its client_id arrives. */
  send(client_id: string, text: string, author: PersonCard): void {
    this.pending.push({ client_id, text, author, failed: null });
  }

  fail(client_id: string, why: string | null): void {
    const found = this.pending.find((one) => one.client_id === client_id);
    if (found) found.failed = why;
  }

  /** Given up by the person, or settled. */
  discard(client_id: string): void {
    this.pending = this.pending.filter((one) => one.client_id !== client_id);
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

  #settle(comments: readonly Comment[]): void {
    if (this.pending.length === 0) return;
    const settled = new Set(comments.map((comment) => comment.client_id));
    this.pending = this.pending.filter((one) => !settled.has(one.client_id));
  }

  #merge(some: readonly Comment[], others: readonly Comment[]): readonly Comment[] {
    const byId = new Map<number, Comment>();
    for (const comment of [...some, ...others])
      if (!this.#gone.has(comment.id)) byId.set(comment.id, comment);
    return [...byId.values()].sort((a, b) => a.id - b.id);
  }

  #shown(comments: readonly Comment[]): readonly Comment[] {
    return comments.filter((comment) => !this.#hidden.has(comment.id));
  }
}
