/** What somebody else sees of mine, asked of the server: it knows the rule. */
import { api, data } from "../http";
import { newClientId } from "../socket/outbox.svelte";
import type { PostDraft, PostEntry, PostPreview } from "../wire/api";

/** Posts as a reader gets them; next: where older ones begin. */
export interface Seen {
  entries: PostEntry[];
  next: string | null;
}

export type Look = (reader: number, cursor: string | null) => Promise<Seen>;

/** Before it is posted. Nothing is kept of it. */
export function ofDraft(draft: Omit<PostDraft, "client_id">): Look {
  return async (person_id) => {
    const post = { ...draft, client_id: newClientId() };
    return one(await data(api.POST("/api/posts/preview", { body: { person_id, post } })));
  };
}

export function ofPost(post_id: number): Look {
  return async (other_id) => {
    const params = { path: { post_id, other_id } };
    return one(await data(api.GET("/api/posts/{post_id}/seen-by/{other_id}", { params })));
  };
}

/** All that they see on my page. */
export const ofMyPage: Look = async (other_id, cursor) => {
  const params = { path: { other_id }, query: cursor ? { cursor } : {} };
  const { posts, next } = await data(api.GET("/api/me/posts/seen-by/{other_id}", { params }));
  return { entries: posts.flatMap(entries), next };
};

function one(preview: PostPreview): Seen {
  return { entries: entries(preview), next: null };
}

function entries({ post, counts }: PostPreview): PostEntry[] {
  return post && counts ? [{ post, counts, liked: false, mine: [], list_id: null, head: 0 }] : [];
}
