/** What concerns me: how much of it is unread, from the moment somebody is signed in, and the list
 *  while it is looked at. */
import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { badges } from "../app/badges.svelte";
import { api, data } from "../http";
import { retry } from "../socket/retry.svelte";
import type { NoticePage, NoticeView, Unread } from "../wire/api";

/** Several events that come together are one question. */
const GATHER = 200;

export class Notices {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  lines = $state.raw<readonly NoticeView[]>([]);
  next = $state.raw<string | null>(null);
  more = $state<"idle" | "loading" | "failed">("idle");
  unread = $state(0);
  /** There are at least as many. */
  many = $state(false);
  /** Lines above this were unread when the list was opened: they stay marked while it is open. */
  before = $state(0);
  #last = 0;
  #read = 0;
  /** The list is on the screen. */
  #open = false;
  #countFailed = $state.raw<unknown>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #again = false;

  /** Once, when the app starts. */
  start(): void {
    $effect.root(() => {
      $effect(() => {
        if (session.phase !== "in") return;
        untrack(() => void this.count());
        // This session is another than the one that asked for pushes: it must say so itself.
        if (globalThis.Notification?.permission === "granted")
          void import("./push.svelte").then(({ push }) => push.look()).catch(() => {});
      });
      retry(
        () => this.#countFailed,
        () => this.count(),
      );
      $effect(() => {
        badges.notices = this.unread + (this.many ? 1 : 0);
      });
    });
    document.addEventListener("visibilitychange", () => {
      if (session.phase === "in" && document.visibilityState === "visible") this.changed();
    });
  }

  /** Something is new, was read in another tab, or may not be seen any more. */
  told(last: number, read: number): void {
    const news = last > this.#last;
    this.#last = Math.max(this.#last, last);
    this.#read = Math.max(this.#read, read);
    const allRead = this.#read >= this.#last;
    if (allRead) this.#none();
    if (news || !allRead) this.changed();
  }

  /** Ask again, soon. A tab that nobody looks at asks when somebody does. */
  changed(): void {
    if (document.visibilityState === "hidden") return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void (this.#open ? this.refresh() : this.count());
    }, GATHER);
  }

  /** How many are unread. */
  async count(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      this.#learn(await data(api.GET("/api/notices/unread")));
    } catch (error) {
      this.#countFailed = error;
    }
    this.#asking = false;
    if (this.#again) {
      this.#again = false;
      await this.count();
    }
  }

  /** The list is looked at, from now until the returned function is called. */
  open(): () => void {
    this.#open = true;
    this.before = -1;
    if (this.phase !== "ready") this.phase = "loading";
    void this.refresh();
    return () => {
      this.#open = false;
    };
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.refresh();
  }

  /** The newest page afresh. What is seen of it is read. */
  async refresh(): Promise<void> {
    try {
      const page = await data(api.GET("/api/notices"));
      if (this.before < 0) this.before = page.read;
      const older = this.lines.filter(({ id }) => !page.notices.some((line) => line.id === id));
      const oldest = page.notices.at(-1)?.number ?? 0;
      const kept = page.next === null ? [] : older.filter(({ number }) => number < oldest);
      this.lines = [...page.notices, ...kept];
      if (kept.length === 0) this.next = page.next;
      this.error = null;
      this.phase = "ready";
      await this.#saw(page);
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  async extend(): Promise<void> {
    if (this.next === null || this.more === "loading") return;
    this.more = "loading";
    try {
      const query = { cursor: this.next };
      const page = await data(api.GET("/api/notices", { params: { query } }));
      const known = new Set(this.lines.map(({ id }) => id));
      this.lines = [...this.lines, ...page.notices.filter(({ id }) => !known.has(id))];
      this.next = page.next;
      this.more = "idle";
    } catch {
      this.more = "failed";
    }
  }

  async mute(kind: NoticeView["kind"], subject: number): Promise<void> {
    const path = { kind, subject };
    await api.PUT("/api/notices/mutes/{kind}/{subject}", { params: { path } });
    this.lines = this.lines.filter(
      (line) => line.kind !== kind || (subject !== 0 && line.subject !== subject),
    );
  }

  async unmute(kind: NoticeView["kind"], subject: number): Promise<void> {
    const path = { kind, subject };
    await api.DELETE("/api/notices/mutes/{kind}/{subject}", { params: { path } });
  }

  async #saw(page: NoticePage): Promise<void> {
    this.#last = Math.max(this.#last, page.last);
    this.#read = Math.max(this.#read, page.read);
    if (page.read >= page.last) {
      if (this.#read >= this.#last) this.#none();
      return;
    }
    if (document.visibilityState === "hidden") return;
    this.#learn(await data(api.POST("/api/notices/read", { body: { number: page.last } })));
  }

  #learn(view: Unread): void {
    this.#countFailed = null;
    // An answer older than what is known by now: the question that is under way brings the rest.
    if (view.last < this.#last || view.read < this.#read) return;
    this.#last = view.last;
    this.#read = view.read;
    this.unread = view.unread;
    this.many = view.more;
  }

  #none(): void {
    this.unread = 0;
    this.many = false;
  }
}

export const notices = new Notices();
