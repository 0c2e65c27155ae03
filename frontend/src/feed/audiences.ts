/** Who sees a post: icons and words, the same at the composer, on the card and in a preview. */
import Globe from "@lucide/svelte/icons/globe";
import ListChecks from "@lucide/svelte/icons/list-checks";
import Lock from "@lucide/svelte/icons/lock";
import Rss from "@lucide/svelte/icons/rss";
import Users from "@lucide/svelte/icons/users";
import { t } from "../i18n/index.svelte";
import { lists } from "../people/lists.svelte";
import type { Post, PostDraft } from "../wire/api";

/** What an author asks for. */
export type Wanted = PostDraft["audience"];
export type Kind = Post["audience"];

export const ICONS = {
  me: Lock,
  list: ListChecks,
  friends: Users,
  followers: Rss,
  everyone: Globe,
} as const;

export function kindOf(wanted: Wanted): Kind {
  return typeof wanted === "string" ? wanted : "list";
}

/** The list that is asked for. */
export function listOf(wanted: Wanted): number | null {
  return typeof wanted === "string" ? null : wanted.list_id;
}

export function same(one: Wanted, other: Wanted): boolean {
  return kindOf(one) === kindOf(other) && listOf(one) === listOf(other);
}

/** In a word or two; a list of mine by its name, one of somebody else's never. */
export function audienceName(kind: Kind, list: number | null): string {
  const name = list === null ? undefined : lists.of(list)?.name;
  return name ?? t(`post.${kind}`);
}

/** Whether it still is an audience that was kept in the browser. */
export function isWanted(kept: unknown): kept is Wanted {
  if (typeof kept === "string") return ["me", "friends", "followers", "everyone"].includes(kept);
  return typeof (kept as { list_id?: unknown } | null)?.list_id === "number";
}
