/** What one does with posts and comments: said at once, settled by the server, taken back on a no. */
import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { ApiError, api, data } from "../http";
import { i18n, t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { type Entry, newClientId } from "../socket/outbox.svelte";
import { openShelf, type Shelf } from "../ui/shelf";
import { toasts } from "../ui/toasts.svelte";
import { upload } from "../ui/upload";
import { why } from "../ui/why";
import type {
  Comment,
  DraftView,
  ItemCard,
  Liked,
  PostDraft,
  PostEntry,
  ReactedPage,
  Wordings,
} from "../wire/api";
import type { Wanted } from "./audiences";
import type { Comments } from "./comments.svelte";
import { Draft } from "./draft.svelte";
import { drafts } from "./drafts.svelte";
import { feeds } from "./feeds.svelte";
import { HEART, posts } from "./posts.svelte";
import { Saver } from "./saver.svelte";
import { type Outgoing, PostError, Sending } from "./sending.svelte";
import { undoable } from "./undoable";

const REACT = "post.react";
const COMMENT = "comment.add";

// Emoji ------------------------------------------------------------------------------------------

/** Press an emoji or take it back. A press that has not left yet is replaced by the later one. */
export function react(post_id: number, emoji: string, on: boolean): void {
  const same = ({ op, fields }: Entry) =>
    op === REACT && fields.post_id === post_id && fields.emoji === emoji;
  for (const entry of live.outbox.entries.filter(same))
    if (entry.progress === "waiting") live.outbox.remove(entry.id);
  const since = posts.revision(post_id);
  live.outbox.add(REACT, newClientId(), { post_id, emoji, on }, { since });
}

/** Press or release the heart. */
export const like = (post_id: number, on: boolean): void => react(post_id, HEART, on);

/** The presses on their way; those that will not arrive are taken out and told. */
function settlePresses(entries: readonly Entry[]): void {
  const presses = new Map<number, Map<string, boolean>>();
  for (const { id, op, fields, progress } of entries) {
    if (op !== REACT) continue;
    if (progress === "failed" || progress === "asking") {
      live.outbox.remove(id);
      toasts.show(t("post.react.failed"));
      continue;
    }
    const post = Number(fields.post_id);
    presses.set(
      post,
      (presses.get(post) ?? new Map()).set(String(fields.emoji), fields.on === true),
    );
  }
  posts.presses = presses;
}

/** Who pressed an emoji on a post. */
export function reacted(post_id: number, emoji: string, cursor?: string): Promise<ReactedPage> {
  const params = { path: { post_id }, query: { emoji, ...(cursor ? { cursor } : {}) } };
  return data(api.GET("/api/posts/{post_id}/reactions", { params }));
}

// Comments ---------------------------------------------------------------------------------------

/** to_id: the comment it answers. */
export function comment(post_id: number, text: string, to_id: number | null = null): void {
  const client_id = newClientId();
  live.outbox.add(COMMENT, client_id, { client_id, post_id, text, to_id });
}

/** My comments under a post that the server has not confirmed. */
export function commentsLeaving(post_id: number): Entry[] {
  return live.outbox.entries.filter(
    (entry) => entry.op === COMMENT && entry.fields.post_id === post_id,
  );
}

/** Let others see a comment that waits for me. */
export async function approveComment(comments: Comments, comment_id: number): Promise<void> {
  const params = { path: { comment_id } };
  try {
    comments.admit(await data(api.PUT("/api/comments/{comment_id}/approval", { params })));
  } catch (error) {
    toasts.show(t("comments.approve.failed", { why: why(error) }));
  }
}

export function deleteComment(comments: Comments, comment_id: number): void {
  comments.hide(comment_id);
  const params = { path: { comment_id } };
  undoable(
    t("comments.deleted"),
    () => api.DELETE("/api/comments/{comment_id}", { params, keepalive: true }),
    () => comments.unhide(comment_id),
    t("comments.delete.failed"),
  );
}

// Posts ------------------------------------------------------------------------------------------

export function deletePost(post_id: number): void {
  posts.hide(post_id);
  const params = { path: { post_id } };
  undoable(
    t("post.deleted"),
    () => api.DELETE("/api/posts/{post_id}", { params, keepalive: true }),
    () => posts.unhide(post_id),
    t("post.delete.failed"),
  );
}

/** Show a post of mine to others than before. Throws what the server says. */
export async function readdress(post_id: number, audience: Wanted): Promise<void> {
  const params = { path: { post_id } };
  const body = { audience };
  posts.keep([await data(api.PUT("/api/posts/{post_id}/audience", { params, body }))]);
}

/** Put a post of mine first on my page, or back in its place. */
export async function pin(post_id: number, on: boolean): Promise<void> {
  const params = { path: { post_id } };
  const { feed } = feeds.of(session.id);
  const before = feed.pinned;
  feed.pinned = on ? post_id : null;
  try {
    if (on) await api.PUT("/api/posts/{post_id}/pin", { params });
    else await api.DELETE("/api/posts/{post_id}/pin", { params });
    toasts.show(t(on ? "post.pin.done" : "post.unpin.done"));
  } catch (error) {
    feed.pinned = before;
    toasts.show(t("post.pin.failed", { why: why(error) }));
  }
}

/** Give a post of mine other words, in place of that edition. Throws what the server says. */
export async function reword(post_id: number, text: string, edition: number): Promise<void> {
  const params = { path: { post_id } };
  const body = { text, edition };
  posts.keep([await data(api.PUT("/api/posts/{post_id}/text", { params, body }))]);
}

/** What a post said before, the oldest first. */
export async function wordings(post_id: number): Promise<Wordings["edits"]> {
  const params = { path: { post_id } };
  return (await data(api.GET("/api/posts/{post_id}/edits", { params }))).edits;
}

/** Hide a post in its group, or show it there again; for those who decide there. */
export async function hold(post_id: number, on: boolean): Promise<void> {
  const params = { path: { post_id } };
  try {
    if (on) await api.PUT("/api/posts/{post_id}/hold", { params });
    else await api.DELETE("/api/posts/{post_id}/hold", { params });
    await feeds.again(post_id);
    toasts.show(t(on ? "post.hold.done" : "post.release.done"));
  } catch (error) {
    toasts.show(t("post.audience.failed", { why: why(error) }));
  }
}

/** What this person is writing and what has left, one set for the session. */
class Desk {
  readonly draft: Draft;
  readonly sending: Sending;
  /** What is being written in groups, and about single posts, each apart from the rest. */
  readonly #drafts = new Map<string, Draft>();
  readonly #savers = new Map<Draft, Saver>();
  readonly #new: (where: string) => Draft;

  constructor(me: number, shelf: Shelf) {
    this.#new = (where) => {
      const draft = new Draft(upload, shelf, `draft:post:${me}${where}`);
      this.#savers.set(draft, new Saver(draft, drafts, () => toasts.show(t("drafts.split"))));
      drafts.opened(draft);
      return draft;
    };
    this.draft = this.#new("");
    this.sending = new Sending(publish, (entry) => feeds.answered(entry), shelf, `posting:${me}`);
    feeds.me = me;
    feeds.onMine = (post) => {
      this.sending.settle(post.client_id);
      drafts.forget(post.client_id);
    };
    this.sending.resume();
  }

  /** The draft for a group, or the one for everybody else. */
  draftFor(group: number | null): Draft {
    if (group === null) return this.draft;
    const draft = this.#draft(`:group:${group}`);
    draft.audience = { group_id: group };
    return draft;
  }

  /** The draft of what is said about a post that is shown on. */
  draftOf(post: number): Draft {
    const draft = this.#draft(`:of:${post}`);
    if (draft.empty) draft.audience = this.draft.audience;
    draft.of = post;
    return draft;
  }

  #draft(where: string): Draft {
    const draft = this.#drafts.get(where) ?? this.#new(where);
    this.#drafts.set(where, draft);
    return draft;
  }

  saver(draft: Draft): Saver {
    return this.#savers.get(draft) as Saver;
  }

  /** Save at once whatever waits: the network is back, or the page goes out of sight. */
  wake(): void {
    for (const saver of this.#savers.values()) void saver.flush();
  }

  /** Go on with another draft. What is being written is saved before, or stays. */
  async take(draft: Draft, view: DraftView): Promise<boolean> {
    if (!(await this.saver(draft).flush())) {
      toasts.show(t("drafts.stays"));
      return false;
    }
    draft.take(view);
    return true;
  }

  /** The draft as it would be posted. */
  body(draft = this.draft): Omit<PostDraft, "client_id"> {
    const { of_id: _, ...body } = draft.content;
    return body;
  }

  /** Hand the draft over. */
  post(draft = this.draft): void {
    const { key, version, of } = draft;
    const body = { client_id: key, draft: version, ...this.body(draft) };
    releasing.set(key, this.saver(draft).release(key, version));
    this.sending.send(
      of === null ? body : { ...body, of_id: of },
      [...draft.uploads.done],
      draft.item,
    );
    drafts.forget(key);
    draft.clear();
  }

  /** Have it posted at that time. It is laid aside here; whoever wants it takes it up again. */
  async plan(due_at: number, draft = this.draft): Promise<void> {
    if (!(await this.saver(draft).flush()) || draft.version === 0)
      throw new ApiError(503, { code: "unavailable", message: "Not saved.", retry: true });
    await drafts.plan(draft.key, draft.version, due_at);
    draft.clear();
    toasts.show(t("later.done", { at: i18n.date(due_at) }));
  }

  /** A post that was refused goes back to the draft, where it can be changed. */
  takeBack(client_id: string, draft = this.draft): void {
    const one = this.sending.list.find((other) => other.draft.client_id === client_id);
    if (!one || !draft.empty) return;
    draft.text = one.draft.text ?? "";
    draft.audience = one.draft.audience;
    draft.item = one.item as ItemCard | null;
    draft.of = one.draft.of_id ?? null;
    draft.uploads.restore(one.pictures);
    draft.settled(client_id, one.draft.draft ?? 0, "");
    this.sending.settle(client_id);
  }
}

/** Of posts that are leaving: the version of their draft, once the last save of it is answered. */
const releasing = new Map<string, Promise<number>>();

let mine: Desk | null = null;

/** The desk of whoever is signed in. */
export function desk(): Desk {
  mine ??= untrack(() => new Desk(session.id, openShelf()));
  return mine;
}

async function publish({ of_id, ...said }: Outgoing): Promise<PostEntry> {
  const version = await releasing.get(said.client_id);
  const body = version === undefined ? said : { ...said, draft: version };
  try {
    const params = { path: { post_id: of_id ?? 0 } };
    const entry = await data(
      of_id === undefined
        ? api.POST("/api/posts", { body })
        : api.POST("/api/posts/{post_id}/reshares", { params, body }),
    );
    releasing.delete(said.client_id);
    drafts.forget(said.client_id);
    return entry;
  } catch (error) {
    if (error instanceof ApiError && error.status !== 0)
      throw new PostError(error.body.code, error.body.retry);
    throw error;
  }
}

/** What goes on whether or not a post is on screen. Once per page. */
export function start(): void {
  live.outbox.onSettled((entry, answer) => {
    if (entry.op === REACT)
      posts.answered(answer as Liked, (entry.shown as { since: number }).since);
    else if (entry.op === COMMENT) {
      const said = answer as Comment;
      feeds.thread(said.post_id)?.comments.admit(said);
    }
  });
  $effect.root(() => {
    $effect(() => {
      const entries = live.outbox.entries.map((entry) => ({ ...entry }));
      untrack(() => settlePresses(entries));
    });
    $effect(() => {
      if (live.truth === "live" && mine)
        untrack(() => {
          mine?.sending.wake();
          mine?.wake();
        });
    });
    $effect(() => {
      badges.home = feeds.friends.feed.waiting.length;
    });
  });
}
