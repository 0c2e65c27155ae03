/** The road between chats and the server: loading by REST, following by socket, and what one does
 *  in a chat. The stores know nothing of it. */

import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { dock } from "../app/dock.svelte";
import { ApiError, api, data } from "../http";
import { t } from "../i18n/index.svelte";
import { asNow } from "../people/cards";
import { live } from "../socket/live.svelte";
import { type Entry, newClientId } from "../socket/outbox.svelte";
import { retry } from "../socket/retry.svelte";
import { toasts } from "../ui/toasts.svelte";
import { why } from "../ui/why";
import { Changes } from "./changes.svelte";
import { Conversation } from "./messages.svelte";
import { reached, sayReceipts } from "./receipts";
import { rooms } from "./rooms.svelte";
import { Sending } from "./sending.svelte";
import { typing } from "./typing.svelte";
import type { Member, RoomCard } from "./wire";

const PAGE = 50;
/** Chats kept in memory with their messages, so that going back is at once. */
const KEPT = 8;

export const sending = new Sending(live.outbox);
export const changes = new Changes(live.outbox);

/** A chat that somebody looked at, with what is true of its loading. */
export class OpenChat {
  readonly conversation: Conversation;
  state = $state<"loading" | "ready" | "failed" | "gone">("loading");
  error = $state.raw<unknown>(null);
  /** How often it was asked for: an answer that a later one has overtaken is not believed. */
  asked = 0;
  /** A page of history is on its way. */
  fetching = $state<"" | "earlier" | "later" | "jump">("");

  constructor(readonly roomId: number) {
    this.conversation = new Conversation(roomId);
  }

  /** Its people as they are called and look now. */
  get members(): readonly Member[] {
    return this.conversation.members.map((member) => ({ ...member, person: asNow(member.person) }));
  }
}

const open = new Map<number, OpenChat>();
const watched = new Map<number, () => void>();

/** My list, at sign-in: everything in it is followed from then on. */
export async function loadRooms(): Promise<void> {
  rooms.me = session.id;
  rooms.begin();
  try {
    const list = await data(api.GET("/api/rooms"));
    if (!list) return;
    rooms.load(list);
    for (const room of list.rooms) follow(room);
  } catch (error) {
    rooms.fail(error);
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Follow what happens in a room of mine. */
export function follow(room: RoomCard): void {
  reached(room.id, room.last_ordinal);
  if (watched.has(room.id)) return;
  const stop = live.watch(`room:${room.id}`, {
    after: room.head,
    onReset: () => void reload(room.id),
    onGone: () => unfollow(room.id),
  });
  watched.set(room.id, stop);
}

/** A room of mine has opened, perhaps once more: what happened while I was out of it was not told
 *  here, so what an open chat holds of it is asked for anew. */
export function enter(room: RoomCard): void {
  const anew = !watched.has(room.id);
  follow(room);
  const chat = open.get(room.id);
  if (!anew || !chat) return;
  chat.state = "loading";
  void load(chat);
}

/** I am not in it any more. */
export function unfollow(roomId: number): void {
  watched.get(roomId)?.();
  watched.delete(roomId);
  rooms.close(roomId);
}

/** The events since are too many or forgotten: everything of this room afresh. */
async function reload(roomId: number): Promise<void> {
  const chat = open.get(roomId);
  const limit = chat ? PAGE : 1;
  try {
    const page = await data(
      api.GET("/api/rooms/{room_id}", { params: { path: { room_id: roomId }, query: { limit } } }),
    );
    if (!page) return;
    rooms.put(page.room, true);
    reached(roomId, page.room.last_ordinal);
    chat?.conversation.load(page);
    live.loaded(`room:${roomId}`, page.page.head);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) unfollow(roomId);
    else setTimeout(() => void reload(roomId), 2_000);
  }
}

/** The chat of a room, loading when it is not here yet. */
export function openChat(roomId: number): OpenChat {
  // May be called while a page is being drawn, which must not depend on how the loading goes.
  return untrack(() => opened(roomId));
}

function opened(roomId: number): OpenChat {
  const known = open.get(roomId);
  if (known) {
    open.delete(roomId);
    open.set(roomId, known);
    if (known.state === "failed" || known.state === "gone") void load(known);
    return known;
  }
  const chat = new OpenChat(roomId);
  open.set(roomId, chat);
  for (const id of open.keys()) {
    if (open.size <= KEPT) break;
    if (id !== dock.room) open.delete(id);
  }
  void load(chat);
  return chat;
}

/** Once more, after a failure. */
export function loadAgain(chat: OpenChat): Promise<void> {
  return load(chat);
}

async function load(chat: OpenChat): Promise<void> {
  const { roomId } = chat;
  chat.asked += 1;
  const turn = chat.asked;
  try {
    const params = { path: { room_id: roomId }, query: { limit: PAGE } };
    const page = await data(api.GET("/api/rooms/{room_id}", { params }));
    if (!page || turn !== chat.asked) return;
    rooms.me = session.id;
    rooms.put(page.room);
    chat.conversation.load(page);
    follow(page.room);
    chat.state = "ready";
  } catch (error) {
    if (turn !== chat.asked) return;
    chat.error = error;
    chat.state = error instanceof ApiError && error.status === 404 ? "gone" : "failed";
  }
}

/** Messages of a room, for whoever handles its events. */
export function conversation(roomId: number): Conversation | undefined {
  return open.get(roomId)?.conversation;
}

type Anchor = { before?: number; after?: number; around?: number };

async function fetchPage(roomId: number, anchor: Anchor) {
  const params = { path: { room_id: roomId }, query: { ...anchor, limit: PAGE } };
  return data(api.GET("/api/rooms/{room_id}/messages", { params }));
}

/** Fetch and put in a page; one that came too late to fit is asked for once more. */
async function turn(
  chat: OpenChat,
  what: "earlier" | "later" | "jump",
  anchor: () => Anchor,
): Promise<boolean> {
  if (chat.fetching) return false;
  chat.fetching = what;
  const { conversation } = chat;
  const put = { earlier: "prepend", later: "append", jump: "show" } as const;
  try {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const page = await fetchPage(chat.roomId, anchor());
      if (page && conversation[put[what]](page)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  } finally {
    chat.fetching = "";
  }
}

/** The page of history before the window. False when it could not be had. */
export function loadEarlier(chat: OpenChat): Promise<boolean> {
  return turn(chat, "earlier", () => ({ before: chat.conversation.first }));
}

export function loadLater(chat: OpenChat): Promise<boolean> {
  return turn(chat, "later", () => ({ after: chat.conversation.last }));
}

/** Make sure that a message is in the window. */
export async function bring(chat: OpenChat, ordinal: number): Promise<boolean> {
  if (chat.conversation.at(ordinal)) return true;
  return turn(chat, "jump", () => ({ around: ordinal }));
}

/** Make sure that the latest message is in the window. */
export async function bringLatest(chat: OpenChat): Promise<boolean> {
  if (!chat.conversation.later) return true;
  return turn(chat, "jump", () => ({}));
}

export function sayTyping(room_id: number, on: boolean): void {
  live.request("typing", { room_id, on }).catch(() => {});
}

/** The direct chat with somebody. Throws an ApiError that says why not. */
export async function openDirect(person_id: number): Promise<number> {
  return entered(await data(api.POST("/api/rooms/direct", { body: { person_id } })));
}

/** The chat with a store's people. */
export async function openStore(store_id: number): Promise<number> {
  return entered(await data(api.POST("/api/rooms/store", { body: { store_id } })));
}

export async function openGroup(client_id: string, title: string, member_ids: number[]) {
  return entered(await data(api.POST("/api/rooms", { body: { client_id, title, member_ids } })));
}

function entered(room: RoomCard | undefined): number {
  if (!room) throw new Error("no room in the answer");
  rooms.put(room);
  follow(room);
  return room.id;
}

/** Say which changes of mine did not arrive. */
function tell(failed: readonly Entry[]): void {
  for (const { error, op, fields } of failed) {
    if (error) {
      toasts.show(t("chat.change.failed", { why: why(error.code) }));
    } else {
      const act = () => live.outbox.add(op, newClientId(), fields);
      toasts.show(t("chat.change.silent"), { label: t("again"), act });
    }
  }
}

/** What goes on whether or not a chat is on screen. Once per page. */
export function start(): void {
  dock.component = () => import("./DockedChat.svelte");
  $effect.root(() => {
    $effect(() => {
      if (session.phase === "in") untrack(() => void loadRooms());
    });
    retry(() => (rooms.state === "failed" ? rooms.error : null), loadRooms);
    $effect(() => {
      badges.chats = rooms.unread;
    });
    $effect(() => {
      const entries = live.outbox.entries;
      if (entries.some(({ progress }) => progress === "failed" || progress === "asking"))
        untrack(() => tell(changes.takeFailed()));
    });
    $effect(() => {
      if (live.truth === "live") sayReceipts();
      else if (live.truth === "offline") typing.clear();
    });
  });
}
