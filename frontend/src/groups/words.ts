/** What a group lets people do, in words. */
import { t } from "../i18n/index.svelte";
import type { GroupCard } from "../wire/api";

export const ENTRIES = ["open", "request", "invite", "hidden"] as const;
export type Entry = GroupCard["entry"];

/** "Open · 12 members", of an archived one that it is. */
export function facts(group: GroupCard): string {
  const kind = group.archived ? t("groups.archived") : t(`groups.entry.${group.entry}`);
  return `${kind} · ${t("groups.members.n", { n: group.member_count })}`;
}

/** Topics as somebody types them: by commas, Chinese ones too. */
export function topicsOf(text: string): string[] {
  return text
    .split(/[,，、\n]/)
    .map((one) => one.replace(/^[#\s]+/, "").trim())
    .filter((one) => one !== "");
}

/** Questions as somebody types them: one a line. */
export function questionsOf(text: string): string[] {
  return text
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
