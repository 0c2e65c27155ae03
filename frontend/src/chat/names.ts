/** Chats, people and messages in words. */
import { i18n, t } from "../i18n/index.svelte";
import { nameOf as storeName, titleOf } from "../market/words";
import { asNow } from "../people/cards";
import { type Mentioned, plain } from "../ui/rich-text";
import { isCrowd } from "./crowd";
import type { Member, Message, PersonCard, RoomCard } from "./wire";

/** How a chat is called. */
export function roomName(room: RoomCard): string {
  if (room.title) return room.title;
  if (room.store && room.role !== "staff") return storeName(room.store);
  if (room.kind === "group") return room.people.map((person) => asNow(person).name).join(", ");
  return (room.people[0] && asNow(room.people[0]).name) ?? t("chat.somebody");
}

/** The other one of a direct chat, or the customer of a store chat for its staff. */
export function otherOf(room: RoomCard): PersonCard | null {
  if (room.kind === "direct" || room.role === "staff")
    return room.people[0] ? asNow(room.people[0]) : null;
  return null;
}

/** Who speaks: a store's staff speak as the store to everybody but themselves. */
export function authorName(message: Message, room: RoomCard): string {
  if (message.as_store && room.store && room.role !== "staff") return storeName(room.store);
  return asNow(message.author).name;
}

/** What a message says, on one line. */
export function excerptOf(message: Message): string {
  if (message.deleted) return t("chat.deleted");
  if (message.text) return plain(message.text);
  if (message.attachment?.kind === "poll") return t("chat.line.vote");
  if (message.attachment?.kind === "item") return titleOf(message.attachment.item);
  if (message.pictures.length) return t("chat.line.pictures", { n: message.pictures.length });
  return "";
}

/** The last words in a chat, with who said them where that is not plain. */
export function lastLine(room: RoomCard, me: number): string {
  const last = room.last_message;
  if (!last) return t("chat.line.none");
  const words = excerptOf(last);
  if (last.author.id === me) return t("chat.line.mine", { words });
  if (isCrowd(room) || room.role === "staff") {
    return t("chat.line.theirs", { name: asNow(last.author).name, words });
  }
  return words;
}

/** Whom the text means by which name: by user name or by name, as the server reads it. */
export function mentionedIn(mentions: readonly number[], members: readonly Member[]): Mentioned[] {
  if (mentions.length === 0) return [];
  return members
    .filter(({ person }) => mentions.includes(person.id))
    .flatMap(({ person: { id, name, username } }) => [
      { id, called: name, shown: name },
      { id, called: username, shown: name },
    ]);
}

/** "Mei is writing", "Mei and Yu are writing", "3 people are writing". */
export function typingWords(names: readonly string[]): string {
  const [one = "", other = ""] = names;
  if (names.length === 1) return t("chat.typing.one", { name: one });
  if (names.length === 2) return t("chat.typing.two", { name: one, other });
  return t("chat.typing.many", { n: names.length });
}

/** A day as a rule between messages says it. now: by the server's clock. */
export function dayWords(at: number, now: number): string {
  const date = i18n.day(at);
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return t("chat.today", { date });
  if (day === new Date(now - 86_400_000).toDateString()) return t("chat.yesterday", { date });
  if (now - at < 300 * 86_400_000) return date;
  return new Intl.DateTimeFormat(i18n.locale, { dateStyle: "long" }).format(at);
}
