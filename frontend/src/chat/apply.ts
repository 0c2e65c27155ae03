/** One event of a room upon one message or one list of members: pure, so that the list of chats,
 *  the open chat and the tests change things in exactly the same way. */

import type { Member, Message, Reaction, RoomEvent } from "./wire";

/** The message after the event; the same object when the event does not touch it. */
export function applyToMessage(message: Message, event: RoomEvent): Message {
  switch (event.type) {
    case "message.edited": {
      if (event.data.message_id !== message.id) return message;
      const { text, mentions, edited_at } = event.data;
      return { ...message, text, mentions, edited_at };
    }
    case "message.deleted": {
      if (event.data.message_id === message.id) return emptied(message);
      if (event.data.message_id !== message.reply_to?.message_id) return message;
      return { ...message, reply_to: { ...message.reply_to, excerpt: "" } };
    }
    case "reaction.added":
    case "reaction.removed": {
      if (event.data.message_id !== message.id) return message;
      const { emoji, person_id } = event.data;
      const change = event.type === "reaction.added" ? pressed : released;
      const reactions = change(message.reactions, emoji, person_id);
      return reactions === message.reactions ? message : { ...message, reactions };
    }
    default:
      return message;
  }
}

/** What stays of a deleted message: who wrote it, when, and its place. */
function emptied(message: Message): Message {
  return {
    ...message,
    text: "",
    pictures: [],
    attachment: null,
    reply_to: null,
    mentions: [],
    reactions: [],
    edited_at: null,
    deleted: true,
  };
}

function pressed(reactions: Reaction[], emoji: string, person: number): Reaction[] {
  const there = reactions.find((reaction) => reaction.emoji === emoji);
  if (!there) return [...reactions, { emoji, people: [person] }];
  if (there.people.includes(person)) return reactions;
  return reactions.map((reaction) =>
    reaction === there ? { emoji, people: [...there.people, person] } : reaction,
  );
}

function released(reactions: Reaction[], emoji: string, person: number): Reaction[] {
  const there = reactions.find((reaction) => reaction.emoji === emoji);
  if (!there?.people.includes(person)) return reactions;
  const people = there.people.filter((one) => one !== person);
  if (people.length === 0) return reactions.filter((reaction) => reaction !== there);
  return reactions.map((reaction) => (reaction === there ? { emoji, people } : reaction));
}

/** The members after the event; the same list when it does not touch them. */
export function applyToMembers(members: readonly Member[], event: RoomEvent): readonly Member[] {
  switch (event.type) {
    case "member.joined": {
      const { member } = event.data;
      return [...members.filter((one) => one.person.id !== member.person.id), member];
    }
    case "member.left": {
      const { person_id, owner_id } = event.data;
      return members
        .filter((one) => one.person.id !== person_id)
        .map((one) => withOwner(one, owner_id));
    }
    default:
      return members;
  }
}

function withOwner(member: Member, owner: number | null): Member {
  if (member.role === "staff") return member;
  const role = member.person.id === owner ? "owner" : "member";
  return member.role === role ? member : { ...member, role };
}
