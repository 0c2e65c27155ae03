/** How far my chats have reached me, and how far I have read them: gathered for a moment, said once,
 *  and said again after a break of the connection. */

import { live } from "../socket/live.svelte";
import { rooms } from "./rooms.svelte";

const READ_PAUSE = 400;
/** Longer than reading takes to be said: what is read at once is never said twice. */
const REACHED_PAUSE = 1_000;
/** Nobody is told in larger rooms. */
const TOLD_UP_TO = 100;
/** Marks that one frame may carry. */
const MARKS = 500;

const unread = new Map<number, number>();
let reading = false;

/** Everything up to this message was on screen. */
export function markRead(roomId: number, ordinal: number): void {
  const room = rooms.byId.get(roomId);
  if (!room || ordinal <= room.read_ordinal) return;
  rooms.read(roomId, ordinal);
  unread.set(roomId, ordinal);
  if (!reading) setTimeout(sayRead, READ_PAUSE);
  reading = true;
}

function sayRead(): void {
  reading = false;
  for (const [room_id, ordinal] of unread) {
    live.request("room.read", { room_id, ordinal }).then(
      () => {
        if (unread.get(room_id) === ordinal) unread.delete(room_id);
      },
      () => {},
    );
  }
}

/** Room id -> the ordinal this page last heard of, and the one the server knows it has. */
const here = new Map<number, number>();
const said = new Map<number, number>();
let reaching = false;

/** Everything up to this message has reached this page, on screen or not. */
export function reached(roomId: number, ordinal: number): void {
  if (ordinal <= (here.get(roomId) ?? 0)) return;
  here.set(roomId, ordinal);
  if (!reaching) setTimeout(sayReached, REACHED_PAUSE);
  reaching = true;
}

function sayReached(): void {
  reaching = false;
  const marks = [...here].flatMap(([room_id, ordinal]) => {
    const room = rooms.byId.get(room_id);
    const known = Math.max(room?.read_ordinal ?? 0, said.get(room_id) ?? 0);
    const wanted = room && room.member_count <= TOLD_UP_TO && ordinal > known;
    return wanted ? [{ room_id, ordinal }] : [];
  });
  for (let at = 0; at < marks.length; at += MARKS) {
    const some = marks.slice(at, at + MARKS);
    live.request("room.delivered", { marks: some }).then(
      () => {
        for (const { room_id, ordinal } of some) {
          said.set(room_id, Math.max(ordinal, said.get(room_id) ?? 0));
        }
      },
      () => {},
    );
  }
}

/** What could not be said, now that there is a connection. */
export function sayReceipts(): void {
  sayRead();
  sayReached();
}
