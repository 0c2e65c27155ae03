/** What I am writing in a chat: words, whom they mention, pictures, an item, what they answer. Lives
 *  as long as the page, so that looking elsewhere for a moment loses nothing; kept on disk too. */

import { session } from "../account/session.svelte";
import { type Mentioned, mentionAt } from "../ui/rich-text";
import { upload } from "../ui/upload";
import { Uploads } from "../ui/uploads.svelte";
import { sending } from "./chats.svelte";
import { keep, read } from "./drafts";
import type { ItemCard, Message, Quote } from "./wire";

export const TEXT_LIMIT = 4_000;
export const PICTURE_LIMIT = 9;
/** How near the end of the limit the count is shown. */
const NEAR = 200;

export class Composing {
  readonly roomId: number;
  text = $state("");
  item = $state.raw<ItemCard | null>(null);
  replyTo = $state.raw<Quote | null>(null);
  /** My own message whose words are being changed. */
  editing = $state.raw<Message | null>(null);
  uploads = $state.raw(new Uploads(upload, PICTURE_LIMIT));
  #mentioned: Mentioned[] = [];
  /** What was being written when an edit began. */
  #aside = "";

  constructor(roomId: number) {
    this.roomId = roomId;
    const draft = read(session.id, roomId);
    this.text = draft.text;
    this.item = draft.item;
    this.replyTo = draft.replyTo;
    this.#mentioned = draft.mentions;
    this.uploads.restore(draft.pictures);
  }

  // Getters and not deriveds: what one writes outlives the page it was begun on.

  /** Characters as the server counts them. */
  get length(): number {
    return [...this.text].length;
  }

  /** Characters left, when they are nearly used up; else null. */
  get left(): number | null {
    return this.length > TEXT_LIMIT - NEAR ? TEXT_LIMIT - this.length : null;
  }

  get ready(): boolean {
    if (this.length > TEXT_LIMIT) return false;
    if (this.editing) return this.text.trim() !== "";
    return this.text.trim() !== "" || this.item !== null || this.uploads.list.length > 0;
  }

  /** Somebody was chosen after an @. */
  mention(who: Mentioned): void {
    this.#mentioned = [...this.#mentioned.filter((one) => one.id !== who.id), who];
  }

  reply(message: Message, author: string, excerpt: string): void {
    this.#stopEditing();
    this.replyTo = { message_id: message.id, ordinal: message.ordinal, author, excerpt };
    this.keep();
  }

  edit(message: Message): void {
    if (!this.editing) this.#aside = this.text;
    this.editing = message;
    this.text = message.text;
  }

  /** Leave the edit, or what is answered, or the item; in that order. False: nothing to leave. */
  leave(): boolean {
    if (this.editing) this.#stopEditing();
    else if (this.replyTo) this.replyTo = null;
    else return false;
    this.keep();
    return true;
  }

  /** Send it. */
  send(): void {
    const words = {
      text: this.text.trim(),
      mentions: this.#mentioned
        .filter(({ called }) => mentionAt(this.text, called) >= 0)
        .map(({ id }) => id),
      replyTo: this.replyTo,
      item: this.item,
    };
    sending.send(this.roomId, words, this.uploads);
    // A message that waits for its pictures keeps them: the next one gets its own.
    this.uploads = new Uploads(upload, PICTURE_LIMIT);
    this.text = "";
    this.item = null;
    this.replyTo = null;
    this.#mentioned = [];
    this.keep();
  }

  /** The edit is on its way. */
  edited(): void {
    this.#stopEditing();
  }

  /** Keep it on this device; call when anything of it has changed. */
  keep(): void {
    if (this.editing) return;
    keep(session.id, this.roomId, {
      text: this.text,
      mentions: this.#mentioned,
      replyTo: this.replyTo,
      item: this.item,
      pictures: [...this.uploads.done],
    });
  }

  #stopEditing(): void {
    if (!this.editing) return;
    this.editing = null;
    this.text = this.#aside;
    this.#aside = "";
  }
}

const all = new Map<number, Composing>();

/** What I am writing in this chat. */
export function composing(roomId: number): Composing {
  const there = all.get(roomId) ?? new Composing(roomId);
  all.set(roomId, there);
  return there;
}

/** Put an item into what I am writing there, as "ask the seller" and "send to a chat" do. */
export function offerItem(roomId: number, item: ItemCard): void {
  const draft = composing(roomId);
  draft.item = item;
  draft.keep();
}

// A page that goes away keeps the words of messages whose pictures have not arrived yet.
if (typeof window !== "undefined") {
  window.addEventListener("pagehide", () => {
    for (const one of sending.unfinished()) {
      const draft = read(session.id, one.roomId);
      keep(session.id, one.roomId, {
        ...draft,
        text: [one.text, draft.text].filter(Boolean).join("\n"),
        item: draft.item ?? one.item,
        replyTo: draft.replyTo ?? one.replyTo,
        pictures: [...one.uploads.done, ...draft.pictures].slice(0, PICTURE_LIMIT),
      });
    }
  });
}
