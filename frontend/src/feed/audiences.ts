/** Who sees a post: icons and words, the same at the composer, on the card and in a preview. */
import EyeOff from "@lucide/svelte/icons/eye-off";
import Globe from "@lucide/svelte/icons/globe";
import ListChecks from "@lucide/svelte/icons/list-checks";
import Lock from "@lucide/svelte/icons/lock";
import Rss from "@lucide/svelte/icons/rss";
import Users from "@lucide/svelte/icons/users";
import UsersRound from "@lucide/svelte/icons/users-round";
import { t } from "../i18n/index.svelte";
import { lists } from "../people/lists.svelte";
import type { Post, PostDraft, PostEntry } from "../wire/api";

/** What an author asks for. */
export type Wanted = PostDraft["audience"];
export type Kind = Post["audience"];

export const ICONS = {
  me: Lock,
  held: EyeOff,
  group: UsersRound,
  list: ListChecks,
  friends: Users,
  followers: Rss,
  everyone: Globe,
} as const;

export function kindOf(wanted: Wanted): Exclude<Kind, "held"> {
  if (typeof wanted === "string") return wanted;
  return "list_id" in wanted ? "list" : "group";
}

/** The list that is asked for. */
export function listOf(wanted: Wanted): number | null {
  return typeof wanted !== "string" && "list_id" in wanted ? wanted.list_id : null;
}

/** The group that is asked for. */
export function groupOf(wanted: Wanted): number | null {
  return typeof wanted !== "string" && "group_id" in wanted ? wanted.group_id : null;
}

/** What the author of a post would ask for to leave it as it is. */
export function wantedOf({ post, list_id }: PostEntry): Wanted {
  if (list_id !== null) return { list_id };
  switch (post.audience) {
    case "group":
      return post.group ? { group_id: post.group.id } : "me";
    case "list":
    case "held":
      return "me";
    default:
      return post.audience;
  }
}

export function same(one: Wanted, other: Wanted): boolean {
  return (
    kindOf(one) === kindOf(other) &&
    listOf(one) === listOf(other) &&
    groupOf(one) === groupOf(other)
  );
}

/** In a word or two; a group and a list of mine by name, a list of somebody else's never. */
export function audienceName(kind: Kind, list: number | null, group?: string): string {
  if (kind === "group" && group !== undefined) return group;
  const name = list === null ? undefined : lists.of(list)?.name;
  return name ?? t(`post.${kind}`);
}

/** Whether it still is an audience that was kept in the browser. */
export function isWanted(kept: unknown): kept is Wanted {
  if (typeof kept === "string") return ["me", "friends", "followers", "everyone"].includes(kept);
  const named = kept as { list_id?: unknown; group_id?: unknown } | null;
  return typeof named?.list_id === "number" || typeof named?.group_id === "number";
}
