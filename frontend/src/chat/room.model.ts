/** A room as the server keeps it, for tests: what happens gives events, and a fresh load is made
 *  from the whole truth. Random but repeatable. */

import type {
  Member,
  Message,
  MessagePage,
  PersonCard,
  RoomCard,
  RoomEvent,
  RoomPage,
} from "./wire";

export type Dice = (below: number) => number;

/** The same numbers for the same seed. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function card(id: number): PersonCard {
  return { id, username: `p${id}`, name: `Person ${id}`, face: null };
}

export function makeMessage(room: number, ordinal: number, author: number, text = ""): Message {
  return {
    id: 1_000 + ordinal,
    room_id: room,
    ordinal,
    client_id: ordinal.toString(16).padStart(32, "0"),
    author: card(author),
    as_store: false,
    text: text || `message ${ordinal}`,
    pictures: [],
    attachment: null,
    reply_to: null,
    mentions: [],
    reactions: [],
    at: 1_700_000_000_000 + ordinal * 60_000,
    edited_at: null,
    deleted: false,
  };
}

const EMOJI = ["👍", "❤️", "😂"];

export class RoomModel {
  readonly id: number;
  readonly me = 1;
  title = "room";
  number = 0;
  read = 0;
  messages: Message[] = [];
  members: Member[] = [1, 2, 3].map((id) => ({
    person: card(id),
    role: id === 1 ? "owner" : "member",
    joined_at: id,
  }));
  #next = 4;

  constructor(id: number) {
    this.id = id;
  }

  /** Somebody does something, to one of the last `depth` messages if to any. */
  act(roll: Dice, depth = 12): RoomEvent {
    const target = this.messages.at(-1 - roll(Math.min(depth, this.messages.length || 1)));
    const person = this.members[roll(this.members.length)]?.person.id ?? this.me;
    if (!target || roll(10) < 5) return this.send(person, "", roll(3) === 0 ? target : undefined);
    switch (roll(6)) {
      case 0:
        return this.#edit(target, `edited ${this.number}`);
      case 1:
        return this.#delete(target);
      case 2:
      case 3:
        return this.#react(target, EMOJI[roll(EMOJI.length)] ?? "👍", person);
      case 4:
        return this.#comeOrGo(roll);
      default:
        this.title = `title ${this.number}`;
        return this.#event("room.renamed", { title: this.title });
    }
  }

  send(author: number, text = "", answered?: Message): RoomEvent {
    const message = makeMessage(this.id, this.messages.length + 1, author, text);
    if (answered && !answered.deleted) {
      const { id, ordinal, text: excerpt } = answered;
      message.reply_to = { message_id: id, ordinal, author: "somebody", excerpt };
    }
    if (author === this.me) this.read = message.ordinal;
    this.messages.push(message);
    return this.#event("message.sent", { message });
  }

  remove(ordinal: number): RoomEvent {
    return this.#delete(this.messages[ordinal - 1] as Message);
  }

  page(from: number, to: number): MessagePage {
    const start = Math.max(1, from);
    const end = Math.min(this.messages.length, to);
    return structuredClone({
      messages: this.messages.slice(start - 1, end),
      earlier: start > 1,
      later: end < this.messages.length,
      head: this.number,
      epoch: "e",
    });
  }

  fresh(size = 20): RoomPage {
    const last = this.messages.length;
    return structuredClone({
      room: this.card(),
      members: this.members,
      reads: [],
      page: this.page(last - size + 1, last),
    });
  }

  card(): RoomCard {
    return structuredClone({
      id: this.id,
      kind: "group",
      title: this.title,
      store: null,
      people: this.members.map((member) => member.person).filter((one) => one.id !== this.me),
      member_count: this.members.length,
      role: "owner",
      last_ordinal: this.messages.length,
      read_ordinal: this.read,
      last_message: this.messages.at(-1) ?? null,
      active_at: this.messages.at(-1)?.at ?? 0,
      writable: true,
      slow_seconds: 0,
      head: this.number,
    });
  }

  #edit(target: Message, text: string): RoomEvent {
    if (target.deleted) return this.send(this.me);
    const edited_at = this.number;
    this.#set({ ...target, text, edited_at });
    return this.#event("message.edited", { message_id: target.id, text, mentions: [], edited_at });
  }

  #delete(target: Message): RoomEvent {
    if (target.deleted) return this.send(this.me);
    for (const message of this.messages) {
      if (message.reply_to?.message_id === target.id) {
        this.#set({ ...message, reply_to: { ...message.reply_to, excerpt: "" } });
      }
    }
    const nothing = { text: "", reactions: [], reply_to: null, edited_at: null };
    this.#set({ ...target, ...nothing, deleted: true });
    return this.#event("message.deleted", { message_id: target.id });
  }

  #react(target: Message, emoji: string, person_id: number): RoomEvent {
    if (target.deleted) return this.send(this.me);
    const there = target.reactions.find((reaction) => reaction.emoji === emoji);
    const data = { message_id: target.id, emoji, person_id };
    if (there?.people.includes(person_id)) {
      there.people = there.people.filter((one) => one !== person_id);
      const reactions = target.reactions.filter((reaction) => reaction.people.length > 0);
      this.#set({ ...target, reactions });
      return this.#event("reaction.removed", data);
    }
    if (there) there.people = [...there.people, person_id];
    else target.reactions = [...target.reactions, { emoji, people: [person_id] }];
    return this.#event("reaction.added", data);
  }

  #comeOrGo(roll: Dice): RoomEvent {
    const leaver = this.members[1 + roll(this.members.length)];
    if (leaver) {
      this.members = this.members.filter((member) => member !== leaver);
      return this.#event("member.left", {
        person_id: leaver.person.id,
        member_count: this.members.length,
        owner_id: 1,
      });
    }
    const member: Member = { person: card(this.#next++), role: "member", joined_at: this.number };
    this.members = [...this.members, member];
    return this.#event("member.joined", { member, member_count: this.members.length });
  }

  #set(message: Message): void {
    this.messages[message.ordinal - 1] = message;
  }

  #event(type: RoomEvent["type"], data: object): RoomEvent {
    this.number += 1;
    const event = { topic: `room:${this.id}`, number: this.number, type, data };
    return structuredClone(event) as unknown as RoomEvent;
  }
}
