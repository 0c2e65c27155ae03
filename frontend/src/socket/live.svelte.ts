/** The live side of the page: topics that are watched, commands, the outbox and what is true of the
 *  connection. Features use this; their stores do not. */
import type { HelloFrame, Joined, LiveEvent, ServerFrame } from "../wire/events";
import { Connection, type State } from "./connection";
import { dispatch, type Handlers } from "./dispatch";
import { Outbox } from "./outbox.svelte";
import { Positions } from "./positions";

export interface Watch {
  /** The number a fresh load carried, for a logged topic; leave out to start at the present. */
  after?: number;
  /** The past cannot be given whole: load afresh, then call `live.loaded(topic, head)`. */
  onReset?: () => void;
  /** The right to watch has ended, or there is no such thing. */
  onGone?: () => void;
}

/** live: nothing to say. catching: back, and bringing what was missed. offline: since when. */
export type Truth = "live" | "catching" | "offline";

const JOIN_AT_ONCE = 300;
const JOIN_AGAIN = 2_000;

interface Watched {
  watches: Set<Watch>;
}

class Live {
  truth = $state<Truth>("catching");
  offlineSince = $state<number | null>(null);
  /** How many events a catch-up has brought so far. */
  caughtUp = $state(0);
  /** Which worker we speak to: shown nowhere, read by tests. */
  worker = $state("");
  #skew = 0;
  #handlers: Handlers | null = null;
  #epoch: string | null = null;
  #connection: Connection | null = null;
  #onSignedOut: () => void = () => {};
  #onNewEpoch: () => void = () => {};
  readonly #watched = new Map<string, Watched>();
  readonly #toJoin = new Set<string>();
  readonly #toLeave = new Set<string>();
  #joining = false;
  readonly outbox = new Outbox((op, fields, timeout) => this.#request(op, fields, timeout));
  readonly #positions = new Positions(
    (event) => this.#apply(event),
    (topic) => this.#join(topic),
  );

  /** Connect as this person. handlers: what every event does. */
  start(
    person: number,
    handlers: Handlers,
    options: {
      onSignedOut: () => void;
      onNewEpoch: () => void;
      stillSignedIn: () => Promise<boolean>;
    },
  ): void {
    this.stop();
    this.#handlers = handlers;
    this.#onSignedOut = options.onSignedOut;
    this.#onNewEpoch = options.onNewEpoch;
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
    this.#connection = new Connection(
      url,
      {
        state: (state) => this.#state(state),
        hello: (hello) => this.#hello(hello),
        frame: (frame) => this.#frame(frame),
        signedOut: () => this.#onSignedOut(),
      },
      undefined,
      undefined,
      options.stillSignedIn,
    );
    void this.outbox.start(person);
    this.#connection.start();
    addEventListener("online", this.#wake);
    addEventListener("pageshow", this.#wake);
    addEventListener("offline", this.#lost);
    document.addEventListener("visibilitychange", this.#visible);
  }

  stop(): void {
    removeEventListener("online", this.#wake);
    removeEventListener("pageshow", this.#wake);
    removeEventListener("offline", this.#lost);
    document.removeEventListener("visibilitychange", this.#visible);
    this.#connection?.stop();
    this.#connection = null;
    this.outbox.stop();
    this.#positions.clear();
    this.#watched.clear();
    this.#toJoin.clear();
    this.#epoch = null;
  }

  /** Follow a topic until the returned function is called. Several watches share one join. */
  watch(topic: string, watch: Watch = {}): () => void {
    this.#toLeave.delete(topic);
    const known = this.#watched.get(topic);
    if (known) known.watches.add(watch);
    else this.#watched.set(topic, { watches: new Set([watch]) });
    if (watch.after !== undefined) {
      const at = this.#positions.of(topic);
      // A second load of the same topic may be older or newer than what is known: the older
      // number is asked from, and what was seen already is dropped by the stores' own ids.
      if (at === undefined || watch.after < at) this.#positions.set(topic, watch.after);
    }
    this.#join(topic);
    return () => this.#unwatch(topic, watch);
  }

  /** A fresh load has put everything up to this number on the screen. Of several parts that load the
   *  same topic, the oldest load is followed from. */
  loaded(topic: string, head: number): void {
    const at = this.#positions.of(topic);
    if (at === undefined || head < at) this.#positions.set(topic, head);
    if (this.#watched.has(topic)) this.#join(topic);
  }

  /** A command that is only worth something now (typing, read marks). */
  async request<T>(op: string, fields: object = {}): Promise<T> {
    return (await this.#request(op, fields)).data as T;
  }

  /** The server's clock, in milliseconds: deadlines are compared with it, never with ours. */
  now(): number {
    return Date.now() + this.#skew;
  }

  #request(op: string, fields: object, timeout?: number) {
    if (!this.#connection) return Promise.reject(new Error("not started"));
    return this.#connection.request(op, fields, timeout);
  }

  readonly #wake = () => this.#connection?.wake();
  readonly #lost = () => this.#connection?.lost();
  readonly #visible = () => {
    const away = document.visibilityState === "hidden";
    if (!away) this.#connection?.wake();
    if (this.#connection?.state === "open") this.request("here", { away }).catch(() => {});
  };

  #state(state: State): void {
    this.outbox.connected(false);
    if (state === "waiting" && this.truth !== "offline") {
      this.truth = "offline";
      this.offlineSince = Date.now();
    }
  }

  #hello(hello: HelloFrame): void {
    this.#skew = hello.time - Date.now();
    this.worker = hello.worker;
    this.truth = "catching";
    this.caughtUp = 0;
    const renewed = this.#epoch !== null && this.#epoch !== hello.epoch;
    this.#epoch = hello.epoch;
    if (renewed) {
      this.#positions.clear();
      this.#onNewEpoch();
    }
    for (const topic of this.#watched.keys()) this.#toJoin.add(topic);
    void this.#joinAll();
    this.outbox.connected(true);
    if (document.visibilityState === "hidden") {
      this.request("here", { away: true }).catch(() => {});
    }
  }

  #frame(frame: ServerFrame): void {
    if (frame.op === "events") for (const event of frame.events) this.#positions.accept(event);
    else if (frame.op === "heads")
      for (const [topic, head] of Object.entries(frame.heads)) this.#positions.head(topic, head);
    else if (frame.op === "dropped") for (const topic of frame.topics) this.#gone(topic);
  }

  #apply(event: LiveEvent): void {
    if (this.truth === "catching") this.caughtUp += 1;
    if (this.#handlers) dispatch(this.#handlers, event);
  }

  #join(topic: string): void {
    this.#toJoin.add(topic);
    // What one page asks for in one go travels as one frame.
    queueMicrotask(() => void this.#joinAll());
  }

  async #joinAll(): Promise<void> {
    if (this.#joining || this.#connection?.state !== "open") return;
    this.#joining = true;
    try {
      while (this.#toJoin.size) {
        const some = [...this.#toJoin].slice(0, JOIN_AT_ONCE);
        for (const topic of some) this.#toJoin.delete(topic);
        await this.#joinSome(some.filter((topic) => this.#watched.has(topic)));
      }
      this.truth = "live";
      this.offlineSince = null;
    } catch {
      // A refusal, or no answer although the connection stands: what was asked is not joined, and
      // no head would ever tell. Without a connection the next hello joins everything again.
      if (this.#connection?.state === "open") setTimeout(() => this.#rejoin(), JOIN_AGAIN);
    } finally {
      this.#joining = false;
    }
  }

  #rejoin(): void {
    for (const topic of this.#watched.keys()) this.#toJoin.add(topic);
    void this.#joinAll();
  }

  async #joinSome(names: string[]): Promise<void> {
    if (names.length === 0 || !this.#connection) return;
    const topics = names.map((topic) => {
      const after = this.#positions.of(topic);
      return after === undefined ? { topic } : { topic, after };
    });
    const { data, events } = await this.#connection.request("join", { epoch: this.#epoch, topics });
    const joined = data as Joined;
    for (const event of events as LiveEvent[]) this.#positions.accept(event);
    for (const { topic, head } of joined.joined) {
      // One that was left meanwhile has no position: a later visit starts with its own load.
      if (this.#watched.has(topic) && this.#positions.of(topic) === undefined)
        this.#positions.set(topic, head);
    }
    for (const topic of joined.resets) this.#reset(topic);
    for (const { topic } of joined.refused) this.#gone(topic);
  }

  /** Zero the topic first, whatever the handlers throw afterwards. */
  #reset(topic: string): void {
    this.#positions.drop(topic);
    for (const watch of this.#watched.get(topic)?.watches ?? []) watch.onReset?.();
  }

  #gone(topic: string): void {
    const watched = this.#watched.get(topic);
    this.#watched.delete(topic);
    this.#positions.drop(topic);
    for (const watch of watched?.watches ?? []) watch.onGone?.();
  }

  #unwatch(topic: string, watch: Watch): void {
    const watched = this.#watched.get(topic);
    if (!watched?.watches.delete(watch) || watched.watches.size) return;
    this.#watched.delete(topic);
    this.#positions.drop(topic);
    this.#toJoin.delete(topic);
    this.#toLeave.add(topic);
    // A page that goes away leaves dozens at once: one frame, not a flood of them.
    queueMicrotask(() => this.#leaveAll());
  }

  #leaveAll(): void {
    const topics = [...this.#toLeave];
    this.#toLeave.clear();
    if (this.#connection?.state !== "open") return;
    for (let from = 0; from < topics.length; from += JOIN_AT_ONCE)
      this.request("leave", { topics: topics.slice(from, from + JOIN_AT_ONCE) }).catch(() => {});
  }
}

export const live = new Live();
