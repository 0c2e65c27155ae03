/** What I shared, in words: what it is, and who sees it now. */
import { session } from "../account/session.svelte";
import { roomName } from "../chat/names";
import { audienceName } from "../feed/audiences";
import { posts } from "../feed/posts.svelte";
import { t } from "../i18n/index.svelte";
import { asNow } from "../people/cards";
import { plain } from "../ui/rich-text";
import type { SharedThing } from "../wire/api";
import { ownPost } from "./week.svelte";

/** What was done, as a heading says it. */
export function what(thing: SharedThing): string {
  if (thing.kind !== "comment") return t(`shared.kind.${thing.kind}`);
  const author = thing.post && asNow(thing.post.post.author);
  if (!author) return t("shared.kind.comment");
  if (author.id === session.id) return t("shared.kind.comment.mine");
  return t("shared.kind.comment.of", { name: author.name });
}

/** Its own words, on one line. */
export function said(thing: SharedThing): string {
  if (thing.kind === "vote" || thing.kind === "ballot") return thing.poll?.question ?? "";
  if (thing.group) return thing.group.name;
  return plain(ownPost(thing)?.post.text ?? thing.text);
}

/** Where it stands; null: where I may not look any more. */
export function place(thing: SharedThing): string | null {
  if (thing.group) return `/groups/${thing.group.id}`;
  if (thing.poll) return `/votes/${thing.poll.id}`;
  if (thing.post) return `/posts/${thing.post.post.id}`;
  return null;
}

/** Who sees it now. */
export function whom(thing: SharedThing): string {
  const { activity, group, room } = thing;
  if (activity) {
    if (activity.state === "undone") return t("shared.nobody");
    return activity.list_name ?? audienceName(activity.activity.audience, null);
  }
  if (group) return t("shared.members", { name: group.name });
  if (room) return t("shared.room", { name: roomName(room) });
  const entry = thing.post && (posts.get(thing.post.post.id) ?? thing.post);
  if (!entry) return t("shared.unseen");
  const { audience, author, group: within } = entry.post;
  if (within && audience === "group") return t("shared.members", { name: within.name });
  if (author.id === session.id)
    return entry.list_id === null
      ? audienceName(audience, null)
      : (thing.list_name ?? audienceName(audience, entry.list_id));
  const name = asNow(author).name;
  if (audience === "list" || audience === "friends" || audience === "followers")
    return t(`shared.theirs.${audience}`, { name });
  return audienceName(audience, null);
}
