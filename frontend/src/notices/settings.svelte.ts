/** What I am told of, on the page and by letter, and when not. */
import { api, data } from "../http";
import type { DeliveryView, MuteView } from "../wire/api";
import { notices } from "./notices.svelte";
import { ownZone } from "./times";
import type { Kind } from "./words";

type Reach = Pick<DeliveryView, "mail" | "zone" | "quiet_from" | "quiet_to" | "digest_at">;

export class NoticeSettings {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  reach = $state.raw<DeliveryView | null>(null);
  /** Things muted one by one. */
  things = $state.raw<readonly MuteView[]>([]);

  async load(): Promise<void> {
    try {
      const [reach, { mutes }] = await Promise.all([
        data(api.GET("/api/notices/settings")),
        data(api.GET("/api/notices/mutes")),
      ]);
      this.reach = reach;
      this.things = mutes.filter((mute) => mute.subject !== 0);
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

  /** Be told of a kind here, or not. Throws what the server says; it then stands as it was. */
  async tell(kind: Kind, way: "page" | "mail" | "push", on: boolean): Promise<void> {
    const before = this.reach;
    if (!before) return;
    const kinds = before.kinds.map((one) => (one.kind === kind ? { ...one, [way]: on } : one));
    this.reach = { ...before, kinds };
    try {
      if (way === "page") await (on ? notices.unmute(kind, 0) : notices.mute(kind, 0));
      else {
        const params = { path: { kind, way } };
        const body = { wanted: on };
        await api.PUT("/api/notices/settings/{kind}/{way}", { params, body });
      }
    } catch (error) {
      this.reach = before;
      throw error;
    }
  }

  /** Be reached otherwise. Whoever has never said where they live lives where this browser does. */
  async change(change: Partial<Reach>): Promise<void> {
    const before = this.reach;
    if (!before) return;
    const { mail, quiet_from, quiet_to, digest_at } = before;
    const zone = before.zone === "UTC" ? ownZone() : before.zone;
    const body = { mail, zone, quiet_from, quiet_to, digest_at, ...change };
    this.reach = { ...before, ...body };
    try {
      this.reach = await data(api.PUT("/api/notices/settings", { body }));
    } catch (error) {
      this.reach = before;
      throw error;
    }
  }

  /** Hear of a single thing again. */
  async hear({ kind, subject }: MuteView): Promise<void> {
    await notices.unmute(kind, subject);
    this.things = this.things.filter((mute) => mute.kind !== kind || mute.subject !== subject);
  }
}
