/**
 * Writes that have no acknowledgement yet. Kept in IndexedDB before they are sent, repeated with the
 * same client id until the server answers, shown as pending meanwhile. After five minutes without an
 * answer the person is asked: nothing is sent silently a day later.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { ErrorBody } from "../wire/events";
import { NoAnswer, type Reply, WireError } from "./connection";

export const PATIENCE = 5 * 60_000;
const AGAIN = 10_000;
const SOON = 1_000;
/** A server that asks for more than this is not believed. */
const LONGEST_PAUSE = 60_000;

export type Progress = "waiting" | "sending" | "failed" | "asking";

export interface Entry {
  /** The client id: what makes repeating free. */
  id: string;
  person: number;
  op: string;
  fields: Record<string, unknown>;
  /** What the screen needs to show it meanwhile (pictures, names); never sent. */
  shown: unknown;
  at: number;
  progress: Progress;
  error: ErrorBody | null;
}

interface Schema extends DBSchema {
  entries: { key: string; value: Entry };
}

type Send = (op: string, fields: object, timeout: number) => Promise<Reply>;
type Settled = (entry: Entry, data: unknown) => void;

export class Outbox {
  entries = $state<Entry[]>([]);
  #database: IDBPDatabase<Schema> | null = null;
  #person = 0;
  #open = false;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The server asked to be left alone; nothing leaves before that is over, what is new included. */
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #settled: Settled[] = [];

  constructor(
    private readonly send: Send,
    private readonly now: () => number = Date.now,
  ) {}

  /** Called with every acknowledged entry and the reply's data. */
  onSettled(callback: Settled): void {
    this.#settled.push(callback);
  }

  /** Bring back what a reload interrupted; another person's writes on this machine stay unseen. */
  async start(person: number): Promise<void> {
    this.#person = person;
    try {
      this.#database = await openDB<Schema>("jianghu-outbox", 1, {
        upgrade: (database) => {
          database.createObjectStore("entries", { keyPath: "id" });
        },
      });
      const kept = await this.#database.getAll("entries");
      const mine = kept.filter((entry) => entry.person === person);
      const known = new Set(this.entries.map((entry) => entry.id));
      this.entries = [
        ...mine
          .filter((entry) => !known.has(entry.id))
          .map((entry) =>
            entry.progress === "sending" ? { ...entry, progress: "waiting" as const } : entry,
          ),
        ...this.entries,
      ].sort((one, other) => one.at - other.at);
    } catch {
      // Private windows may have no database: the outbox then lasts as long as the page.
    }
    this.#work();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#resume();
    this.#open = false;
    this.entries = [];
  }

  connected(open: boolean): void {
    this.#open = open;
    if (open) {
      for (const entry of this.entries)
        if (entry.progress === "sending") entry.progress = "waiting";
      this.#work();
    }
  }

  /** Put a write in; it shows at once and leaves when it can. */
  add(op: string, id: string, fields: Record<string, unknown>, shown: unknown = null): void {
    const person = this.#person;
    const at = this.now();
    this.entries.push({ id, person, op, fields, shown, at, progress: "waiting", error: null });
    this.#keep(id);
    this.#work();
  }

  /** Try a failed or doubtful one again. */
  retry(id: string): void {
    const entry = this.#find(id);
    if (!entry) return;
    entry.progress = "waiting";
    entry.error = null;
    entry.at = this.now();
    this.#keep(id);
    this.#work();
  }

  /** Take one out: it was acknowledged, or the person gave it up. */
  remove(id: string): void {
    this.entries = this.entries.filter((entry) => entry.id !== id);
    this.#database?.delete("entries", id).catch(() => {});
  }

  /** How many have not been acknowledged. */
  get waiting(): number {
    return this.entries.filter((e) => e.progress === "waiting" || e.progress === "sending").length;
  }

  #find(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  #keep(id: string): void {
    const entry = this.#find(id);
    if (entry) this.#database?.put("entries", $state.snapshot(entry) as Entry).catch(() => {});
  }

  /** One after the other, oldest first: a person's messages keep the order they were written in. */
  async #work(): Promise<void> {
    if (this.#busy || this.#pause !== undefined) return;
    this.#busy = true;
    try {
      for (;;) {
        this.#ageOut();
        const entry = this.entries.find(({ progress }) => progress === "waiting");
        if (!entry || !this.#open) break;
        entry.progress = "sending";
        if (!(await this.#attempt(entry.id))) break;
      }
    } finally {
      this.#busy = false;
    }
    if (this.#pause !== undefined) return;
    if (this.#open && this.entries.some(({ progress }) => progress === "waiting")) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#work(), SOON);
    }
  }

  #wait(seconds: number): void {
    clearTimeout(this.#pause);
    const wait = Math.min(LONGEST_PAUSE, Math.max(SOON, seconds * 1000));
    this.#pause = setTimeout(() => {
      this.#resume();
      this.#work();
    }, wait);
  }

  #resume(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** True when the next one may go. */
  async #attempt(id: string): Promise<boolean> {
    const entry = this.#find(id);
    if (!entry) return true;
    try {
      const { data } = await this.send(entry.op, $state.snapshot(entry.fields), AGAIN);
      const done = this.#find(id);
      this.remove(id);
      if (done) for (const callback of this.#settled) callback(done, data);
      return true;
    } catch (error) {
      const still = this.#find(id);
      if (!still) return true;
      if (error instanceof WireError && !error.body.retry) {
        still.progress = "failed";
        still.error = error.body;
        this.#keep(id);
        return true;
      }
      still.progress = "waiting";
      if (!(error instanceof NoAnswer || error instanceof WireError)) throw error;
      if (error instanceof WireError && error.body.retry_after) this.#wait(error.body.retry_after);
      return false;
    }
  }

  #ageOut(): void {
    for (const entry of this.entries) {
      if (entry.progress === "waiting" && this.now() - entry.at > PATIENCE) {
        entry.progress = "asking";
        this.#keep(entry.id);
      }
    }
  }
}

/** 128 random bits in hex. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
