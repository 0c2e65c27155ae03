/** What I share by itself, kind by kind, and the ledger of what I said about it. */
import { api, data } from "../http";
import type { ActivityView, ConsentDraft, ConsentView, OwnActivity, SharedKind } from "../wire/api";

export type Kind = SharedKind["kind"];
type Wanted = ConsentDraft["audience"];

export class Sharing {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  kinds = $state.raw<readonly SharedKind[]>([]);
  lines = $state.raw<readonly ConsentView[]>([]);
  next = $state.raw<string | null>(null);
  more = $state<"idle" | "loading" | "failed">("idle");
  /** What was, or will be, shown of me. */
  mine = $state.raw<readonly OwnActivity[]>([]);
  nextMine = $state.raw<string | null>(null);
  moreMine = $state<"idle" | "loading" | "failed">("idle");

  async load(): Promise<void> {
    try {
      const [{ kinds }, page, mine] = await Promise.all([
        data(api.GET("/api/me/sharing")),
        data(api.GET("/api/me/sharing/history")),
        data(api.GET("/api/me/activity")),
      ]);
      this.mine = mine.activities;
      this.nextMine = mine.next;
      this.kinds = kinds;
      this.lines = page.consents;
      this.next = page.next;
      this.error = null;
      this.phase = "ready";
    } catch (error) {
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.load();
  }

  /** Older lines of the ledger. */
  async extend(): Promise<void> {
    if (this.more === "loading" || this.next === null) return;
    this.more = "loading";
    try {
      const query = { cursor: this.next };
      const page = await data(api.GET("/api/me/sharing/history", { params: { query } }));
      this.lines = [...this.lines, ...page.consents];
      this.next = page.next;
      this.more = "idle";
    } catch {
      this.more = "failed";
    }
  }

  async extendMine(): Promise<void> {
    if (this.moreMine === "loading" || this.nextMine === null) return;
    this.moreMine = "loading";
    try {
      const query = { cursor: this.nextMine };
      const page = await data(api.GET("/api/me/activity", { params: { query } }));
      this.mine = [...this.mine, ...page.activities];
      this.nextMine = page.next;
      this.moreMine = "idle";
    } catch {
      this.moreMine = "failed";
    }
  }

  /** Say whom a kind is for, having read these words. Throws what the server says. */
  async say(kind: Kind, audience: Wanted, text: number): Promise<void> {
    const params = { path: { kind } };
    const body = { audience, text };
    const view = await data(api.PUT("/api/me/sharing/{kind}", { params, body }));
    this.kinds = this.kinds.map((one) => (one.kind === kind ? view : one));
    await this.load();
  }
}

/** What others would see of a kind; null when there is nothing to show it with. */
export async function example(kind: Kind): Promise<ActivityView | null> {
  const params = { path: { kind } };
  return (await data(api.GET("/api/me/sharing/{kind}/example", { params }))).activity;
}

/** The open page's, if there is one: another tab of mine may have said something. */
export const openPages = new Set<{ load(): Promise<void> }>();
