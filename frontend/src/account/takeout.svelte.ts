/** My download of everything of mine: how it stands, wherever it was asked for. */
import { api, data } from "../http";
import { newClientId } from "../socket/outbox.svelte";
import { codeOf } from "../ui/why";
import type { TakeoutView } from "../wire/api";

/** Where the file is to be had while it is ready. */
export const FILE = "/api/me/takeout/file";

export class Takeout {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  view = $state.raw<TakeoutView | null>(null);
  /** One asking keeps its name until it is answered: repeated after a lost answer it is the same. */
  #draft: string | null = null;

  /** An answer or an event. They may cross: the higher version is true. */
  learn(view: TakeoutView): void {
    if (this.view === null || view.version >= this.view.version) this.view = view;
    this.error = null;
    this.phase = "ready";
  }

  async load(): Promise<void> {
    try {
      this.learn(await data(api.GET("/api/me/takeout")));
    } catch (error) {
      if (this.phase === "ready") return;
      this.error = error;
      this.phase = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.load();
  }

  /** Have it packed. Throws what the server says. */
  async ask(): Promise<void> {
    this.#draft ??= newClientId();
    const body = { client_id: this.#draft };
    try {
      this.learn(await data(api.POST("/api/me/takeout", { body })));
      this.#draft = null;
    } catch (error) {
      if (codeOf(error) !== "network") this.#draft = null;
      throw error;
    }
  }

  /** Want it no longer, packed or not. Throws what the server says. */
  async remove(): Promise<void> {
    this.learn(await data(api.DELETE("/api/me/takeout")));
  }
}

export const takeout = new Takeout();
