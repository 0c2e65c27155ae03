/** What stands in the log, top to bottom: messages in runs of one author, and above some of them a
 *  day or the rule before what is new. Pure: messages in, rows out. The list is virtual and keeps
 *  its place by keys, so rules are part of their message and not rows that come and go. */

import type { Pending } from "./sending.svelte";
import type { Message } from "./wire";

interface Placed {
  key: string;
  at: number;
  mine: boolean;
  /** Begins a run: shows face and name. */
  first: boolean;
  /** Ends a run: what follows is another author, another time or a rule. */
  last: boolean;
  /** The day is written above. */
  day: boolean;
  /** How many new messages begin here; 0: none. */
  fresh: number;
}

export type MessageRow = Placed & { kind: "message"; message: Message };
export type PendingRow = Placed & { kind: "pending"; pending: Pending };
export type Row = MessageRow | PendingRow;

/** A run breaks after this long a silence. */
const RUN = 5 * 60_000;

export interface Reader {
  me: number;
  /** The first ordinal that was unread when the chat was opened; null for no rule. */
  firstUnread: number | null;
  /** How many were unread then, when not all of them are loaded. */
  unread?: number;
  /** A name of the day, by the reader's midnight. */
  dayOf: (at: number) => string;
}

export function rowsOf(
  messages: readonly Message[],
  pending: readonly Pending[],
  reader: Reader,
): Row[] {
  const rows: Row[] = [];
  const rule = ruleBefore(messages, reader);
  let before: Message | undefined;
  for (const message of messages) {
    const day = !before || reader.dayOf(before.at) !== reader.dayOf(message.at);
    const fresh = message.ordinal === rule?.ordinal ? rule.count : 0;
    const first = day || fresh > 0 || !before || !sameRun(before, message);
    const above = rows.at(-1);
    if (above) above.last = first;
    const mine = isMine(message, reader.me);
    const key = keyOf(message, reader.me);
    rows.push({
      kind: "message",
      key,
      message,
      at: message.at,
      mine,
      first,
      last: true,
      day,
      fresh,
    });
    before = message;
  }
  return withPending(rows, pending, before, reader);
}

function withPending(
  rows: Row[],
  pending: readonly Pending[],
  before: Message | undefined,
  { me, dayOf }: Reader,
): Row[] {
  // Between the event and the outbox hearing of it a message must not stand there twice.
  const settled = new Set(pending.length ? rows.map((row) => row.key) : []);
  for (const one of pending) {
    const key = `c${one.clientId}`;
    if (settled.has(key)) continue;
    const above = rows.at(-1);
    const day = !above || dayOf(above.at) !== dayOf(one.at);
    const run =
      above?.kind === "pending" || (before?.author.id === me && one.at - before.at <= RUN);
    if (above) above.last = day || !run;
    const place = { mine: true, first: day || !run, last: true, day, fresh: 0 };
    rows.push({ kind: "pending", key, pending: one, at: one.at, ...place });
  }
  return rows;
}

/** Where the rule goes: before the first message of somebody else from there on. */
function ruleBefore(messages: readonly Message[], { me, firstUnread, unread: all = 0 }: Reader) {
  if (firstUnread === null) return null;
  const unread = messages.filter(
    (message) => message.ordinal >= firstUnread && message.author.id !== me,
  );
  const first = unread[0];
  return first ? { ordinal: first.ordinal, count: Math.max(all, unread.length) } : null;
}

function sameRun(before: Message, message: Message): boolean {
  return (
    before.author.id === message.author.id &&
    before.as_store === message.as_store &&
    message.at - before.at <= RUN
  );
}

/** My own message keeps the key it had while it was pending, so that it settles in place. Only my
 *  own: a stranger's client id is theirs to choose, and could be one already there. */
export function keyOf(message: Message, me: number): string {
  return isMine(message, me) ? `c${message.client_id}` : `m${message.id}`;
}

export function isMine(message: Message, me: number): boolean {
  return message.author.id === me;
}

/** Whether rows were only added or taken away at the beginning: the list then holds its place from
 *  the end. */
export function changedAtStart(before: readonly Row[], now: readonly Row[]): boolean {
  return (
    before.length > 0 &&
    now.length > 0 &&
    before.length !== now.length &&
    before[0]?.key !== now[0]?.key &&
    before.at(-1)?.key === now.at(-1)?.key
  );
}
