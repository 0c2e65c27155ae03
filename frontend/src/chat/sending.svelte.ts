/** My messages on their way: pictures still uploading, waiting in the outbox, or acknowledged while
 *  their event has not come yet. What settles one is the event that everybody sees. */

import { type Entry, newClientId, type Outbox } from "../socket/outbox.svelte";
import type { Uploads } from "../ui/uploads.svelte";
import type { ItemCard, PictureView, Quote } from "./wire";

export type Progress = "uploading" | "stuck" | "waiting" | "sending" | "sent" | "failed" | "asking";

/** What a person has put together to be sent. */
export interface Words {
  text: string;
  mentions: number[];
  replyTo: Quote | null;
  item: ItemCard | null;
}

/** A message of mine that the room does not have yet, as far as this browser knows. */
export interface Pending extends Words {
  clientId: string;
  roomId: number;
  at: number;
  pictures: readonly PictureView[];
  /** While pictures are on their way. */
  uploads: Uploads | null;
  progress: Progress;
  /** The server's code when it said no. */
  error: string | null;
}

type Shown = Pick<Pending, "pictures" | "item" | "replyTo">;
type Uploading = Words & { clientId: string; roomId: number; at: number; uploads: Uploads };

const OP = "message.send";
/** An acknowledged message whose event does not come is not shown for ever. */
const EVENT_PATIENCE = 30_000;

export class Sending {
  readonly #outbox: Outbox;
  #uploading = $state.raw<readonly Uploading[]>([]);
  #sent = $state.raw<readonly Entry[]>([]);
  readonly #stops = new Map<string, () => void>();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
    outbox.onSettled((entry) => this.#acknowledged(entry));
  }

  /** What is on its way to a room, oldest first. */
  of(roomId: number): Pending[] {
    const left = [...this.#sent, ...this.#outbox.entries]
      .filter((entry) => entry.op === OP && entry.fields.room_id === roomId)
      .map((entry) => fromEntry(entry, this.#sent.includes(entry)));
    const uploading = this.#uploading.filter((one) => one.roomId === roomId).map(fromUploading);
    return [...left, ...uploading].sort((one, other) => one.at - other.at);
  }

  /** Rooms where something failed or asks, for the list of chats. */
  troubled(roomId: number): boolean {
    return this.of(roomId).some(({ progress }) => ["failed", "asking", "stuck"].includes(progress));
  }

  /** Send it as soon as its pictures are there. */
  send(roomId: number, words: Words, uploads: Uploads | null): void {
    const clientId = newClientId();
    if (!uploads?.list.length) this.#leave(clientId, roomId, words, []);
    else if (!uploads.busy && !uploads.failed) this.#leave(clientId, roomId, words, uploads.done);
    else this.#wait({ ...words, clientId, roomId, uploads, at: Date.now() });
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
  }

  /** The person gives it up. */
  drop(clientId: string): void {
    this.#forget(clientId);
    this.#outbox.remove(clientId);
  }

  /** Its event came: the room has it. */
  settle(clientId: string): void {
    this.drop(clientId);
    this.#sent = this.#sent.filter((entry) => entry.id !== clientId);
  }

  /** Unfinished messages of a room, for keeping them as a draft when the page goes away. */
  unfinished(): readonly Uploading[] {
    return this.#uploading;
  }

  #wait(one: Uploading): void {
    this.#uploading = [...this.#uploading, one];
    const stop = $effect.root(() => {
      $effect(() => {
        if (one.uploads.busy || one.uploads.failed) return;
        const { clientId, roomId, uploads } = one;
        // Nothing is left of a message whose pictures were all taken out and that has no words.
        const empty = !one.text.trim() && !one.item && uploads.done.length === 0;
        queueMicrotask(() => {
          this.#forget(clientId);
          if (!empty) this.#leave(clientId, roomId, one, uploads.done);
        });
      });
    });
    this.#stops.set(one.clientId, stop);
  }

  #leave(clientId: string, roomId: number, words: Words, pictures: readonly PictureView[]): void {
    const { text, mentions, replyTo, item } = words;
    const shown: Shown = { pictures: [...pictures], item, replyTo };
    const fields = {
      client_id: clientId,
      room_id: roomId,
      text,
      picture_ids: pictures.map((picture) => picture.id),
      item_id: item?.id ?? null,
      reply_to: replyTo?.message_id ?? null,
      mentions,
    };
    this.#outbox.add(OP, clientId, fields, shown);
  }

  #forget(clientId: string): void {
    this.#stops.get(clientId)?.();
    this.#stops.delete(clientId);
    this.#uploading = this.#uploading.filter((one) => one.clientId !== clientId);
  }

  #acknowledged(entry: Entry): void {
    if (entry.op !== OP) return;
    this.#sent = [...this.#sent, entry];
    setTimeout(() => this.settle(entry.id), EVENT_PATIENCE);
  }
}

function fromEntry(entry: Entry, sent: boolean): Pending {
  const { pictures, item, replyTo } = entry.shown as Shown;
  return {
    clientId: entry.id,
    roomId: Number(entry.fields.room_id),
    text: String(entry.fields.text),
    mentions: entry.fields.mentions as number[],
    at: entry.at,
    pictures,
    item,
    replyTo,
    uploads: null,
    progress: sent ? "sent" : entry.progress,
    error: entry.error?.code ?? null,
  };
}

function fromUploading(one: Uploading): Pending {
  const progress = one.uploads.failed && !one.uploads.busy ? "stuck" : "uploading";
  return { ...one, pictures: [], progress, error: null };
}
