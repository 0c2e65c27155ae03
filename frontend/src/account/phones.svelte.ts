/** My telephone number: how it stands, and what may be done about it. Every act throws what the
 *  server says; `password` means: give that, then the same again. */
import { api, data } from "../http";
import { newClientId } from "../socket/outbox.svelte";
import { codeOf } from "../ui/why";
import type { PhoneStanding } from "../wire/api";

export class Phones {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  view = $state.raw<PhoneStanding | null>(null);
  /** Of two answers that cross, that of the later question is true. */
  #questions = 0;
  /** A code keeps its name until it is answered: asked for again after a lost answer it is the same. */
  #draft: { about: string; id: string } | null = null;

  async load(): Promise<void> {
    const mine = ++this.#questions;
    try {
      const view = await data(api.GET("/api/me/phone"));
      if (mine === this.#questions) this.#learn(view);
    } catch (error) {
      if (this.phase === "ready" || mine !== this.#questions) return;
      this.error = error;
      this.phase = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.load();
  }

  /** Have a code sent to a number. */
  give(number: string): Promise<void> {
    return this.#named(number, (client_id) =>
      api.POST("/api/me/phone", { body: { client_id, number } }),
    );
  }

  /** Have another one sent there. */
  sendAgain(): Promise<void> {
    return this.#named("", (client_id) => api.POST("/api/me/phone/code", { body: { client_id } }));
  }

  check(code: string): Promise<void> {
    return this.#act(api.POST("/api/me/phone/check", { body: { code } }));
  }

  neverMind(): Promise<void> {
    return this.#act(api.DELETE("/api/me/phone/coming"));
  }

  remove(): Promise<void> {
    return this.#act(api.DELETE("/api/me/phone"));
  }

  async #named(
    about: string,
    ask: (id: string) => Promise<{ data?: PhoneStanding }>,
  ): Promise<void> {
    if (this.#draft?.about !== about) this.#draft = { about, id: newClientId() };
    try {
      await this.#act(ask(this.#draft.id));
      this.#draft = null;
    } catch (error) {
      if (codeOf(error) !== "network") this.#draft = null;
      throw error;
    }
  }

  async #act(asked: Promise<{ data?: PhoneStanding }>): Promise<void> {
    this.#questions += 1;
    this.#learn(await data(asked));
  }

  #learn(view: PhoneStanding): void {
    this.#questions += 1; // what was asked before this answer came is older than it
    this.view = view;
    this.error = null;
    this.phase = "ready";
  }
}
