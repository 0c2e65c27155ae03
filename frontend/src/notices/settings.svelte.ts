/** What I am told of. */
import { api, data } from "../http";
import type { MuteView } from "../wire/api";
import { notices } from "./notices.svelte";
import type { Kind } from "./words";

export class NoticeSettings {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  #mutes = $state.raw<readonly MuteView[]>([]);

  /** The single things. */
  readonly things: readonly MuteView[] = $derived(this.#mutes.filter((mute) => mute.subject !== 0));

  muted(kind: Kind): boolean {
    return this.#mutes.some((mute) => mute.kind === kind && mute.subject === 0);
  }

  async load(): Promise<void> {
    try {
      this.#mutes = (await data(api.GET("/api/notices/mutes"))).mutes;
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

  /** Be told of a kind, or not. Throws what the server says; the switch then stands as it was. */
  async tell(kind: Kind, on: boolean): Promise<void> {
    const before = this.#mutes;
    const others = before.filter((mute) => mute.kind !== kind || mute.subject !== 0);
    this.#mutes = on ? others : [...others, { kind, subject: 0, about: "" }];
    try {
      await (on ? notices.unmute(kind, 0) : notices.mute(kind, 0));
    } catch (error) {
      this.#mutes = before;
      throw error;
    }
  }

  /** Hear of a single thing again. */
  async hear({ kind, subject }: MuteView): Promise<void> {
    await notices.unmute(kind, subject);
    this.#mutes = this.#mutes.filter((mute) => mute.kind !== kind || mute.subject !== subject);
  }
}
