import type { Handlers } from "../socket/dispatch";
import { feeds } from "./feeds.svelte";
import { posts } from "./posts.svelte";

type Mine = Pick<
  Handlers,
  | "post.published"
  | "post.withheld"
  | "post.withdrawn"
  | "post.shown"
  | "post.edited"
  | "post.deleted"
  | "post.gone"
  | "pin.moved"
  | "post.counts"
  | "post.liked"
  | "comment.added"
  | "comment.withheld"
  | "comment.deleted"
>;

export const feedHandlers: Mine = {
  "post.published": (event) => feeds.published(event),
  "post.withheld": (event) => void feeds.withheld(event),
  "post.withdrawn": (event) => feeds.withdrawn(event),
  "post.shown": (event) => feeds.shown(event),
  "post.edited": (event) => posts.apply(event),
  "post.deleted": (event) => posts.apply(event),
  "post.gone": (event) => posts.apply(event),
  "pin.moved": (event) => feeds.repinned(event.data.author_id),
  "post.counts": (event) => posts.apply(event),
  "post.liked": (event) => posts.apply(event),
  "comment.added": (event) => feeds.thread(event.data.comment.post_id)?.comments.apply(event),
  "comment.withheld": (event) => feeds.thread(event.data.post_id)?.ask(event.data.comment_id),
  "comment.deleted": (event) => {
    const thread = feeds.thread(event.data.post_id);
    thread?.comments.apply(event);
    thread?.forget(event.data.comment_id);
  },
};
