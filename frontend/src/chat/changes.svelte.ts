/** My changes to messages that are there already: new words, reactions, deletions. They wait in the
 *  outbox like everything I write and are shown at once, laid over what the room says. */

import { SvelteMap } from "svelte/reactivity";
import { type Entry, newClientId, type Outbox } from "../socket/outbox.svelte";
import { later } from "../ui/later";
import { applyToMessage } from "./apply";
import type { Message, RoomEvent } from "./wire";

/** Laid over for this long after the answer, until the event is surely there as well. */
const LINGER = 3_000;
const OPS = ["message.edit", "message.delete", "message.react", "message.unreact"];

export class Changes {
  readonly #outbox: Outbox;
  /** Deleted on screen, while that can still be taken back: message id -> how. */
  readonly #hidden = new SvelteMap<number, () => void>();
  #done = $state.raw<readonly Entry[]>([]);

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
    outbox.onSettled((entry) => this.#acknowledged(entry));
  }

  /** The message with what I have done to it. */
  over(message: Message, me: number): Message {
    let seen = message;
    for (const entry of this.#entries()) {
      if (entry.fields.message_id !== message.id || entry.progress === "failed") continue;
      seen = applyToMessage(seen, asEvent(entry, me, seen));
    }
    return seen;
  }

  /** Whether a change of this message waits for an answer. */
  waits(messageId: number): boolean {
    return this.#outbox.entries.some(
      (entry) => OPS.includes(entry.op) && entry.fields.message_id === messageId,
    );
  }

  /** Gone from the screen, and from the room unless it is undone in time. */
  hides(messageId: number): boolean {
    return this.#hidden.has(messageId);
  }

  edit(message_id: number, text: string): void {
    this.#outbox.add("message.edit", newClientId(), { message_id, text });
  }

  react(message_id: number, emoji: string, on: boolean): void {
    this.#outbox.add(on ? "message.react" : "message.unreact", newClientId(), {
      message_id,
      emoji,
    });
  }

  /** Delete after the time for a change of mind. Returns how to undo it. */
  delete(message_id: number): () => void {
    const stop = later(() => {
      this.#hidden.delete(message_id);
      this.#outbox.add("message.delete", newClientId(), { message_id });
    });
    const undo = () => {
      stop();
      this.#hidden.delete(message_id);
    };
    this.#hidden.set(message_id, undo);
    return undo;
  }

  /** Changes that the server refused, or that waited too long: taken out, for telling the person. */
  takeFailed(): Entry[] {
    const failed = this.#outbox.entries.filter(
      ({ op, progress }) => OPS.includes(op) && (progress === "failed" || progress === "asking"),
    );
    const copies = $state.snapshot(failed) as Entry[];
    for (const { id } of copies) this.#outbox.remove(id);
    return copies;
  }

  #entries(): Entry[] {
    return [...this.#done, ...this.#outbox.entries.filter(({ op }) => OPS.includes(op))];
  }

  #acknowledged(entry: Entry): void {
    if (!OPS.includes(entry.op)) return;
    this.#done = [...this.#done, entry];
    setTimeout(() => {
      this.#done = this.#done.filter((one) => one !== entry);
    }, LINGER);
  }
}

/** What the room will say of it. */
function asEvent(entry: Entry, me: number, message: Message): RoomEvent {
  const { message_id, text, emoji } = entry.fields;
  const head = { topic: `room:${message.room_id}`, number: 0 };
  switch (entry.op) {
    case "message.edit": {
      const { mentions } = message;
      const data = { message_id, text, mentions, edited_at: entry.at };
      return { ...head, type: "message.edited", data } as RoomEvent;
    }
    case "message.delete":
      return { ...head, type: "message.deleted", data: { message_id } } as RoomEvent;
    default: {
      const type = entry.op === "message.react" ? "reaction.added" : "reaction.removed";
      return { ...head, type, data: { message_id, emoji, person_id: me } } as RoomEvent;
    }
  }
}
