/** What somebody else sees of mine, asked of the server: it knows the rule. */
import { api, data } from "../http";
import { newClientId } from "../socket/outbox.svelte";
import type {
  ActivityPreview,
  ActivityPreviewDraft,
  ActivityView,
  PersonCard,
  PostBody,
  PostEntry,
  PostPreview,
} from "../wire/api";

/** What a reader gets; next: where older posts begin. */
export interface Seen {
  entries: PostEntry[];
  /** What is shown by itself, when that is what one looks at. */
  activity?: ActivityView | null;
  /** Of a list, who does not get it, by post; 0: of what is no post. */
  unseen?: ReadonlyMap<number, readonly PersonCard[]>;
  next: string | null;
}

/** reader: a person's number, `list-` and a list's, "stranger" or "signed-out". */
export type Look = (reader: string, cursor: string | null) => Promise<Seen>;

/** Before it is posted. Nothing is kept of it. */
export function ofDraft(draft: Omit<PostBody, "client_id">, of_id: number | null = null): Look {
  return async (reader) => {
    const post = { ...draft, client_id: newClientId() };
    return posts([await data(api.POST("/api/posts/preview", { body: { reader, post, of_id } }))]);
  };
}

export function ofPost(post_id: number): Look {
  return async (reader) => {
    const params = { path: { post_id, reader } };
    return posts([await data(api.GET("/api/posts/{post_id}/seen-by/{reader}", { params }))]);
  };
}

/** All that they see on my page. */
export const ofMyPage: Look = async (reader, cursor) => {
  const params = { path: { reader }, query: cursor ? { cursor } : {} };
  const page = await data(api.GET("/api/me/posts/seen-by/{reader}", { params }));
  return posts(page.posts, page.next);
};

/** What was done and is, or will be, shown by itself. */
export function ofActivity(activity_id: number): Look {
  return async (reader) => {
    const params = { path: { activity_id, reader } };
    return activity(
      await data(api.GET("/api/me/activity/{activity_id}/seen-by/{reader}", { params })),
    );
  };
}

type Kind = ActivityView["kind"];

/** What a kind would show, before I say whom it is for. */
export function ofKind(kind: Kind, audience: ActivityPreviewDraft["audience"]): Look {
  return async (reader) => {
    const params = { path: { kind } };
    const body = { reader, audience };
    return activity(await data(api.POST("/api/me/sharing/{kind}/preview", { params, body })));
  };
}

function activity(preview: ActivityPreview): Seen {
  const unseen = new Map([[0, preview.unseen]]);
  return { entries: [], activity: preview.activity, unseen, next: null };
}

function posts(all: readonly PostPreview[], next: string | null = null): Seen {
  const unseen = new Map(all.map((one) => [one.post?.id ?? 0, one.unseen]));
  return { entries: all.flatMap(entries), unseen, next };
}

function entries({ post, counts }: PostPreview): PostEntry[] {
  return post && counts ? [{ post, counts, liked: false, mine: [], list_id: null, head: 0 }] : [];
}
