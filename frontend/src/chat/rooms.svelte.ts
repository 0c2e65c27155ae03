/** My chats: one line each, kept true by the events of every room and of my own topic. */

import { SvelteMap } from "svelte/reactivity";
import { applyToMessage } from "./apply";
import { isCrowd } from "./crowd";
import type { Message, MyRoomEvent, PersonCard, RoomCard, RoomEvent, RoomList } from "./wire";

/** A line shows at most this many others. */
const FACES = 4;

export class Rooms {
  /** Who reads this list: what I send I have read. */
  me = 0;
  readonly byId = new SvelteMap<number, RoomCard>();
  state = $state<"loading" | "ready" | "failed">("loading");
  error = $state.raw<unknown>(null);
  epoch = $state("");
  /** Rooms I left or was removed from while their page was open: read-only until it is closed. */
  readonly left = new SvelteMap<number, RoomCard>();

  /** Most recently active first. */
  readonly sorted = $derived(
    [...this.byId.values()].sort((a, b) => b.active_at - a.active_at || b.id - a.id),
  );
  readonly unread = $derived(
    this.sorted.reduce((sum, room) => sum + (unreadOf(room) > 0 ? 1 : 0), 0),
  );

  /** What opened (a card) or closed (null) since the list was asked for: newer than the answer. */
  #meanwhile = new Map<number, RoomCard | null>();

  /** The list is being asked for. */
  begin(): void {
    this.#meanwhile.clear();
    if (this.state === "failed") this.state = "loading";
  }

  /** The list did not come; one that is there already stays. */
  fail(error: unknown): void {
    this.error = error;
    if (this.state !== "ready") this.state = "failed";
  }

  /** The fresh list. Rooms whose events came further while it was on its way keep what they have. */
  load(list: RoomList): void {
    const fresh = new Set(list.rooms.map((room) => room.id));
    const renumbered = this.epoch !== list.epoch;
    for (const id of this.byId.keys()) {
      if (!fresh.has(id) && !this.#meanwhile.get(id) && !this.#isBlank(id)) this.byId.delete(id);
    }
    for (const room of list.rooms) {
      if (this.#meanwhile.get(room.id) !== null) this.put(room, renumbered);
    }
    this.epoch = list.epoch;
    this.state = "ready";
  }

  /** A chat I opened and nobody has written in: it is in no list yet. */
  #isBlank(id: number): boolean {
    const room = this.byId.get(id);
    return room?.last_ordinal === 0 && !isCrowd(room);
  }

  /** One fresh card; an older one than ours is dropped, unless numbering began anew. */
  put(room: RoomCard, anyAge = false): void {
    const mine = this.byId.get(room.id);
    this.left.delete(room.id);
    if (!mine || anyAge || room.head >= mine.head) {
      const read = anyAge ? 0 : (mine?.read_ordinal ?? 0);
      this.byId.set(room.id, { ...room, read_ordinal: Math.max(room.read_ordinal, read) });
    }
  }

  get(id: number): RoomCard | undefined {
    return this.byId.get(id) ?? this.left.get(id);
  }

  /** I have read up to there, here or on another device. Marks only move forward. */
  read(id: number, ordinal: number): void {
    const room = this.byId.get(id);
    if (room && ordinal > room.read_ordinal) this.byId.set(id, { ...room, read_ordinal: ordinal });
  }

  /** An event of a room's own topic. */
  apply(id: number, event: RoomEvent): void {
    const room = this.byId.get(id);
    if (!room || event.number <= room.head) return;
    this.byId.set(id, { ...changed(room, event, this.me), head: event.number });
  }

  /** An event of my own topic. */
  applyMine(event: MyRoomEvent): void {
    const { data } = event;
    if ("room" in data) {
      this.#meanwhile.set(data.room.id, data.room);
      this.put(data.room);
      return;
    }
    const room = this.byId.get(data.room_id);
    if ("writable" in data) {
      if (room) this.byId.set(room.id, { ...room, writable: data.writable });
      return;
    }
    this.close(data.room_id);
  }

  /** I am no longer in it; what was read stays readable while its page is open. */
  close(id: number): void {
    const room = this.byId.get(id);
    this.#meanwhile.set(id, null);
    this.byId.delete(id);
    if (room) this.left.set(id, { ...room, writable: false });
  }
}

export function unreadOf(room: RoomCard): number {
  return Math.max(0, room.last_ordinal - room.read_ordinal);
}

function changed(room: RoomCard, event: RoomEvent, me: number): RoomCard {
  switch (event.type) {
    case "message.sent":
      return arrived(room, event.data.message, me);
    case "room.renamed":
      return { ...room, title: event.data.title };
    case "room.slowed":
      return { ...room, slow_seconds: event.data.slow_seconds };
    case "room.frozen":
      return { ...room, writable: !event.data.frozen };
    case "member.joined": {
      const { member, member_count } = event.data;
      return { ...room, member_count, people: joined(room.people, member.person) };
    }
    case "member.left": {
      const { person_id, member_count, owner_id } = event.data;
      return {
        ...room,
        member_count,
        role: owner_id === me ? "owner" : room.role,
        people: room.people.filter((person) => person.id !== person_id),
      };
    }
    default: {
      if (!room.last_message) return room;
      return { ...room, last_message: applyToMessage(room.last_message, event) };
    }
  }
}

function arrived(room: RoomCard, message: Message, me: number): RoomCard {
  if (message.ordinal <= room.last_ordinal) return room;
  return {
    ...room,
    last_ordinal: message.ordinal,
    read_ordinal: message.author.id === me ? message.ordinal : room.read_ordinal,
    last_message: message,
    active_at: message.at,
  };
}

function joined(people: PersonCard[], person: PersonCard): PersonCard[] {
  if (people.length >= FACES || people.some((one) => one.id === person.id)) return people;
  return [...people, person];
}

export const rooms = new Rooms();
