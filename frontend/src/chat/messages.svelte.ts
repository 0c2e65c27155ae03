/** One chat as it is loaded: a window of consecutive messages, who is in it, how far they read.
 *
 *  Pages come by REST and events by the socket, in any interleaving. A page says the room's number
 *  at its instant (`head`), so two rules make every order come out the same: an event that a page
 *  already contains is not applied to that page's messages again, and a page that is older than
 *  the window is brought up to date from the events of the last while. */

import { applyToMembers, applyToMessage } from "./apply";
import type { Member, Message, MessagePage, RoomEvent, RoomPage, RoomReads } from "./wire";

/** Messages kept at once. Beyond it the far end is let go, and loaded again when it is wanted. */
export const WINDOW = 1_200;
const TRIM_TO = 900;
/** Events remembered for pages that come back older than the window. */
const REMEMBERED = 1_000;

export class Conversation {
  readonly roomId: number;
  messages = $state.raw<readonly Message[]>([]);
  members = $state.raw<readonly Member[]>([]);
  /** person id -> ordinal they have read up to. */
  reads = $state.raw<ReadonlyMap<number, number>>(new Map());
  /** person id -> ordinal up to which it has reached a page of theirs; never below `reads`. */
  delivered = $state.raw<ReadonlyMap<number, number>>(new Map());
  /** Whether there are messages before, or after, the window. */
  earlier = $state(false);
  later = $state(false);
  loaded = $state(false);

  /** The window and the members hold every event up to this number. */
  #applied = 0;
  /** Messages of a page that was newer than that: message id -> the page's number. */
  #asOf = new Map<number, number>();
  /** Every event after `#recentAfter`, in order. */
  #recent: RoomEvent[] = [];
  #recentAfter = 0;

  constructor(roomId: number) {
    this.roomId = roomId;
  }

  get head(): number {
    return this.#applied;
  }

  /** Ordinals of the window's ends; 0 when it is empty. */
  get first(): number {
    return this.messages[0]?.ordinal ?? 0;
  }

  get last(): number {
    return this.messages.at(-1)?.ordinal ?? 0;
  }

  /** The message at this place of the room, when it is in the window. */
  at(ordinal: number): Message | undefined {
    return this.messages[ordinal - this.first];
  }

  /** Start from a fresh page. Events that came while it was on its way are applied to it. */
  load({ page, members, reads }: RoomPage): void {
    this.#recent = this.#recent.filter((event) => event.number > page.head);
    this.#recentAfter = page.head;
    this.#applied = this.#recent.at(-1)?.number ?? page.head;
    this.members = this.#recent.reduce<readonly Member[]>(applyToMembers, members);
    this.reads = new Map(reads.map((mark) => [mark.person_id, mark.ordinal]));
    this.delivered = new Map(reads.map((mark) => [mark.person_id, mark.delivered]));
    this.loaded = true;
    this.#replace(page);
  }

  /** Show another part of the history. False: the page is too old to be used, ask again. */
  show(page: MessagePage): boolean {
    if (!this.#usable(page)) return false;
    this.#replace(page);
    return true;
  }

  /** Add the page that ends right before the window. */
  prepend(page: MessagePage): boolean {
    if (!this.#usable(page)) return false;
    const { first } = this;
    const messages = this.#current(page, (message) => message.ordinal < first);
    if (messages.length && messages.at(-1)?.ordinal !== first - 1) return false;
    this.messages = [...messages, ...this.messages];
    this.earlier = page.earlier;
    return true;
  }

  /** Add the page that starts right after the window. */
  append(page: MessagePage): boolean {
    if (!this.#usable(page)) return false;
    const { last } = this;
    const messages = this.#current(page, (message) => message.ordinal > last);
    if (messages.length && messages[0]?.ordinal !== last + 1) return false;
    this.messages = [...this.messages, ...messages];
    this.later = page.later;
    return true;
  }

  // Both ends are let go of apart from adding at the other one: a list on screen keeps its place
  // when one end changes at a time.

  /** Let go of the newest messages. Only for a reader who is at the beginning of the window. */
  trimEnd(): void {
    if (this.messages.length <= WINDOW) return;
    this.messages = this.messages.slice(0, TRIM_TO);
    this.later = true;
  }

  /** Let go of the oldest messages. Only for a reader who is at the end of the window. */
  trimStart(): void {
    if (this.messages.length <= WINDOW) return;
    this.messages = this.messages.slice(-TRIM_TO);
    this.earlier = true;
  }

  /** An event of `room:<id>`, in the order of its numbers. */
  apply(event: RoomEvent): void {
    if (event.number <= this.#applied) return;
    this.#remember(event);
    if (!this.loaded) return;
    this.#applied = event.number;
    this.members = applyToMembers(this.members, event);
    if (event.type === "message.sent") {
      const { message } = event.data;
      const { ordinal } = message;
      const mark = { person_id: message.author.id, ordinal, delivered: ordinal };
      this.applyReads({ reads: [mark] });
      this.#arrived(message);
    } else if ("message_id" in event.data) this.#changed(event, event.data.message_id);
  }

  /** How far everyone has read, and how far it reached them. Marks only move forward, so an older
   *  state can do no harm. */
  applyReads(data: RoomReads): void {
    const reads = new Map(this.reads);
    const delivered = new Map(this.delivered);
    for (const mark of data.reads) {
      const { person_id } = mark;
      reads.set(person_id, Math.max(mark.ordinal, reads.get(person_id) ?? 0));
      delivered.set(person_id, Math.max(mark.delivered, delivered.get(person_id) ?? 0));
    }
    this.reads = reads;
    this.delivered = delivered;
  }

  #arrived(message: Message): void {
    const { last } = this;
    if (this.later || message.ordinal <= last) return;
    // A reader far up in a busy room must not make the window grow for ever.
    if (message.ordinal > last + 1 || this.messages.length >= 2 * WINDOW) this.later = true;
    else this.messages = [...this.messages, message];
  }

  #changed(event: RoomEvent, id: number): void {
    const touched = (message: Message) => message.id === id || message.reply_to?.message_id === id;
    if (!this.messages.some(touched)) return;
    this.messages = this.messages.map((message) =>
      event.number <= (this.#asOf.get(message.id) ?? 0) ? message : applyToMessage(message, event),
    );
  }

  #replace(page: MessagePage): void {
    this.#asOf.clear();
    this.messages = this.#current(page);
    this.earlier = page.earlier;
    this.later = page.later;
  }

  /** Whether every event between this page and the window is still known. */
  #usable(page: MessagePage): boolean {
    return this.loaded && page.head >= this.#recentAfter;
  }

  /** The page's messages as they are now, with those that came after it when it is the last page;
   *  of these the wanted ones. */
  #current(page: MessagePage, wanted: (message: Message) => boolean = () => true): Message[] {
    let messages = page.messages;
    for (const event of this.#recent) {
      if (event.number <= page.head) continue;
      if (event.type !== "message.sent") {
        messages = messages.map((message) => applyToMessage(message, event));
      } else if (
        !page.later &&
        event.data.message.ordinal === (messages.at(-1)?.ordinal ?? 0) + 1
      ) {
        messages = [...messages, event.data.message];
      }
    }
    const taken = messages.filter(wanted);
    if (page.head > this.#applied) {
      for (const message of taken) this.#asOf.set(message.id, page.head);
    }
    return taken;
  }

  #remember(event: RoomEvent): void {
    this.#recent.push(event);
    if (this.#recent.length <= REMEMBERED) return;
    this.#recentAfter = this.#recent.shift()?.number ?? this.#recentAfter;
  }
}
