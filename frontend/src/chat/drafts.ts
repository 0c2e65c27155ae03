/** What I was about to say, per chat, kept on this device so that a reload loses nothing. */

import type { Mentioned } from "../ui/rich-text";
import type { ItemCard, PictureView, Quote } from "./wire";

export type Draft = {
  text: string;
  mentions: Mentioned[];
  replyTo: Quote | null;
  item: ItemCard | null;
  pictures: PictureView[];
};

export const EMPTY: Readonly<Draft> = Object.freeze({
  text: "",
  mentions: [],
  replyTo: null,
  item: null,
  pictures: [],
});

const PREFIX = "draft:";

function keyOf(person: number, room: number): string {
  return `${PREFIX}${person}:${room}`;
}

export function isEmpty(draft: Draft): boolean {
  return !draft.text.trim() && !draft.item && !draft.replyTo && draft.pictures.length === 0;
}

/** The kept draft, or an empty one. What is there but unreadable counts as nothing. */
export function read(person: number, room: number): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person, room)) ?? "null");
    if (typeof kept !== "object" || kept === null) return { ...EMPTY };
    return { ...EMPTY, ...(kept as Partial<Draft>) };
  } catch {
    return { ...EMPTY };
  }
}

/** Keep it, or forget it when it is empty. A full or forbidden storage is no reason to fail. */
export function keep(person: number, room: number, draft: Draft): void {
  try {
    if (isEmpty(draft)) localStorage.removeItem(keyOf(person, room));
    else localStorage.setItem(keyOf(person, room), JSON.stringify(draft));
  } catch {
    // Private windows may have no storage: the draft then lives as long as the page.
  }
}

/** The first words of every kept draft by room, for the list of chats. */
export function lines(person: number): Map<number, string> {
  const found = new Map<number, string>();
  const prefix = `${PREFIX}${person}:`;
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const room = Number(key.slice(prefix.length));
      const { text } = read(person, room);
      if (text.trim()) found.set(room, text.trim());
    }
  } catch {
    // As above.
  }
  return found;
}

/** Nobody else who uses this browser reads them. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  } catch {
    // As above.
  }
}
