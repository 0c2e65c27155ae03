/** The connection: one explicit state machine, one timer, full-jitter back-off. */
import type { ErrorBody, HelloFrame, ServerFrame } from "../wire/events";

export type State = "idle" | "connecting" | "open" | "waiting";

/** The server said no. */
export class WireError extends Error {
  constructor(readonly body: ErrorBody) {
    super(`${body.code}: ${body.message}`);
  }
}

/** No answer came: whether it was done is not known. */
export class NoAnswer extends Error {}

export interface Listener {
  state(state: State): void;
  hello(hello: HelloFrame): void;
  frame(frame: ServerFrame): void;
  /** The session has ended: no more attempts are made. */
  signedOut(): void;
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

export interface Reply {
  data: unknown;
  events: unknown[];
}

const SIGNED_OUT = 4401;
const RESTARTING = 1012;
const TOO_SLOW = 4430;
const BACKOFF_CAP = 30_000;
const BACKOFF_BASE = 500;
/** No frame for this long: ask whether anybody is there. Heads come every 20 s. */
const SILENCE = 30_000;
const ANSWER = 10_000;

export class Connection {
  #state: State = "idle";
  #socket: WebSocket | null = null;
  /** The one timer: back-off while waiting, a deadline while connecting, silence while open. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #ref = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(
    private readonly url: string,
    private readonly listener: Listener,
    private readonly open: (url: string) => WebSocket = (url) => new WebSocket(url),
    private readonly random: () => number = Math.random,
    /** Asked when a handshake failed: is it that we are signed out? */
    private readonly stillSignedIn: () => Promise<boolean> = async () => true,
  ) {}

  get state(): State {
    return this.#state;
  }

  start(): void {
    if (this.#state === "idle") this.#connect();
  }

  /** Close for good, as on signing out. */
  stop(): void {
    this.#forget();
    this.#become("idle");
  }

  /** The network is back, the page is visible, or it woke: do not sit out the back-off. */
  wake(): void {
    if (this.#state === "waiting") this.#connect();
    else if (this.#state === "open") this.#probe();
  }

  /** The browser says the network is gone: no use in waiting for the silence to be long. */
  lost(): void {
    if (this.#state === "open" || this.#state === "connecting") this.#drop(1006, "");
  }

  /** Say one frame and wait for its answer. Rejects with WireError or NoAnswer. */
  request(op: string, fields: object = {}, timeout = ANSWER): Promise<Reply> {
    const socket = this.#socket;
    if (this.#state !== "open" || !socket) return Promise.reject(new NoAnswer("not connected"));
    const ref = ++this.#ref;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(ref);
        reject(new NoAnswer(`no answer to ${op}`));
      }, timeout);
      this.#waiting.set(ref, { resolve, reject, timer });
      socket.send(JSON.stringify({ op, ref, ...fields }));
    });
  }

  #connect(): void {
    this.#forget();
    this.#become("connecting");
    const socket = this.open(this.url);
    this.#socket = socket;
    let greeted = false;
    // Every handler asks whether it is still the socket of this connection: a closed one may
    // deliver late, and two live ones would make each other reconnect for ever.
    socket.onmessage = (message) => {
      if (socket !== this.#socket) return;
      const frame = JSON.parse(String(message.data)) as ServerFrame;
      this.#listen();
      if (frame.op === "hello") {
        greeted = true;
        this.#failures = 0;
        this.#become("open");
        this.listener.hello(frame);
      } else this.#hear(frame);
    };
    socket.onclose = (event) => {
      if (socket !== this.#socket) return;
      if (greeted || event.code === SIGNED_OUT) this.#drop(event.code, event.reason);
      else this.#refused();
    };
    this.#timer = setTimeout(() => this.#drop(1006, ""), ANSWER);
  }

  /** A handshake that fails tells no reason: the server being away, or a session that has ended. */
  #refused(): void {
    this.#drop(1006, "");
    this.stillSignedIn().then(
      (yes) => {
        if (yes || this.#state === "idle" || this.#state === "open") return;
        this.stop();
        this.listener.signedOut();
      },
      () => {},
    );
  }

  /** A new password gives this browser a new session and ends the old one: ask before leaving. */
  #signedOut(): void {
    this.#forget();
    this.#become("waiting");
    this.stillSignedIn().then(
      (yes) => {
        if (this.#state !== "waiting") return;
        if (yes) {
          this.#connect();
          return;
        }
        this.stop();
        this.listener.signedOut();
      },
      () => {
        if (this.#state === "waiting") this.#drop(1006, "");
      },
    );
  }

  #hear(frame: ServerFrame): void {
    if (frame.op !== "reply" && frame.op !== "error") {
      this.listener.frame(frame);
      return;
    }
    const waiting = frame.ref === null ? undefined : this.#waiting.get(frame.ref);
    if (!waiting || frame.ref === null) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(frame.ref);
    if (frame.op === "reply") waiting.resolve({ data: frame.data, events: frame.events ?? [] });
    else waiting.reject(new WireError(frame.error));
  }

  /** Start the silence over. */
  #listen(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#probe(), SILENCE);
  }

  #probe(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#drop(1006, ""), ANSWER / 2);
    this.request("ping", {}, ANSWER / 2).catch(() => {});
  }

  #drop(code: number, reason: string): void {
    if (code === SIGNED_OUT) {
      this.#signedOut();
      return;
    }
    this.#forget();
    this.#become("waiting");
    this.#timer = setTimeout(() => this.#connect(), this.#delay(code, reason));
  }

  #delay(code: number, reason: string): number {
    if (code === RESTARTING) {
      const hint = Number(/retry_ms=(\d+)/.exec(reason)?.[1] ?? BACKOFF_BASE);
      return this.random() * hint;
    }
    if (code === TOO_SLOW) return this.random() * BACKOFF_BASE;
    return this.random() * Math.min(BACKOFF_CAP, BACKOFF_BASE * 2 ** this.#failures++);
  }

  /** Let go of the socket; what waits for an answer learns that none will come. */
  #forget(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new NoAnswer("connection lost"));
    }
    this.#waiting.clear();
    if (socket) {
      socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #become(state: State): void {
    if (this.#state === state) return;
    this.#state = state;
    this.listener.state(state);
  }
}
