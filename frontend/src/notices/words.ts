/** A notice in words: who did what, where it leads, and why one is told. */
import { type Key, t } from "../i18n/index.svelte";
import { asNow } from "../people/cards";
import type { NoticeView } from "../wire/api";

export type Kind = NoticeView["kind"];

/** "Li and 3 others". */
export function who({ people, others, more }: NoticeView): string {
  const [first, second] = people.map((person) => asNow(person).name);
  if (first === undefined) return t("notices.who.people", { n: others });
  const rest = people.length - 1 + others;
  if (more) return t("notices.who.many", { name: first, n: rest });
  if (rest === 1 && second !== undefined)
    return t("notices.who.two", { name: first, other: second });
  return rest ? t("notices.who.n", { name: first, n: rest }) : first;
}

export function sentence(notice: NoticeView): string {
  return t(`notices.${notice.kind}` as Key, {
    who: who(notice),
    about: notice.about || t("notices.a.chat"),
  });
}

/** The words below the sentence: what was said, or what it is about. */
export function words({ kind, about, said }: NoticeView): string {
  if (kind === "reaction" || kind === "post.reaction") return `${said} ${about}`.trim();
  return said || (/^(room|group)\./.test(kind) ? "" : about);
}

export function path({ kind, subject, room_id, people }: NoticeView): string {
  if (kind === "follow") return `/people/${people[0]?.id ?? subject}`;
  if (kind === "friend.asked" || kind === "friend.accepted") return `/people/${subject}`;
  if (kind === "vote" || kind === "vote.closed") return `/votes/${subject}`;
  if (kind.startsWith("group.")) return `/groups/${subject}`;
  if (kind.startsWith("gathering.")) return `/gatherings/${subject}`;
  if (room_id !== null) return `/chats/${room_id}`;
  return `/posts/${subject}`;
}

/** What would be muted with the subject alone. */
export function muteWords(notice: NoticeView): string {
  const { kind } = notice;
  if (kind === "friend.asked" || kind === "friend.accepted")
    return t("notices.mute.friend", { name: who(notice) });
  if (kind === "follow") return t("notices.mute.follow");
  if (kind === "vote" || kind === "vote.closed") return t("notices.mute.vote");
  if (kind === "reaction") return t("notices.mute.message");
  if (kind.startsWith("group.")) return t("notices.mute.group");
  if (kind.startsWith("gathering.")) return t("notices.mute.gathering");
  return t(kind.startsWith("room.") ? "notices.mute.chat" : "notices.mute.post");
}

export const kindWords = (kind: Kind): string => t(`notices.kind.${kind}` as Key);
export const whyWords = (kind: Kind): string => t(`notices.why.${kind}` as Key);
