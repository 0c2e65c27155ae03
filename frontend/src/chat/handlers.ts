/** What every event about chats does. */
import { openVotes } from "../polls/votes.svelte";
import type { Handlers } from "../socket/dispatch";
import { conversation, enter, sending, unfollow } from "./chats.svelte";
import { reached } from "./receipts";
import { rooms } from "./rooms.svelte";
import { typing } from "./typing.svelte";
import type { RoomEvent } from "./wire";

const roomOf = (topic: string): number => Number(topic.slice(topic.indexOf(":") + 1));

function logged(event: RoomEvent): void {
  const room = roomOf(event.topic);
  rooms.apply(room, event);
  conversation(room)?.apply(event);
  if (event.type !== "message.sent") return;
  const { author, client_id, ordinal, attachment } = event.data.message;
  if (attachment?.kind === "poll") openVotes.offer(attachment.poll_id);
  typing.hear(room, author.id, false);
  if (author.id === rooms.me) sending.settle(client_id);
  else reached(room, ordinal);
}

export const chatHandlers: Pick<
  Handlers,
  | RoomEvent["type"]
  | "room.reads"
  | "typing"
  | "room.opened"
  | "room.closed"
  | "room.writable"
  | "room.read"
> = {
  "message.sent": logged,
  "message.edited": logged,
  "message.deleted": logged,
  "reaction.added": logged,
  "reaction.removed": logged,
  "room.renamed": logged,
  "room.slowed": logged,
  "room.frozen": logged,
  "member.joined": logged,
  "member.left": logged,
  "room.reads": (event) => conversation(roomOf(event.topic))?.applyReads(event.data),
  typing: (event) => {
    const { person_id, on } = event.data;
    if (person_id !== rooms.me) typing.hear(roomOf(event.topic), person_id, on);
  },
  "room.opened": (event) => {
    rooms.applyMine(event);
    enter(event.data.room);
  },
  "room.closed": (event) => {
    rooms.applyMine(event);
    unfollow(event.data.room_id);
  },
  "room.writable": (event) => rooms.applyMine(event),
  "room.read": (event) => rooms.read(event.data.room_id, event.data.ordinal),
};
