/** My invitations by link, and taking up somebody's. */
import { SvelteMap } from "svelte/reactivity";
import { ApiError, api, data } from "../http";
import type { InvitationDraft, InvitationView, TieView } from "../wire/api";
import { ties } from "./ties.svelte";

export const LONGEST_USES = 100;

export class Invitations {
  phase = $state<"loading" | "failed" | "ready">("loading");
  error = $state.raw<unknown>(null);
  all = $state.raw<readonly InvitationView[]>([]);
  /** The links made on this page. The server keeps none, so only these can be shown again. */
  readonly #links = new SvelteMap<number, string>();
  #asked = 0;

  /** The link of one of mine, where it is still known. */
  link(id: number): string | undefined {
    return this.#links.get(id);
  }

  /** What was loaded stays on the page while it is asked for again. */
  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const all = await data(api.GET("/api/invitations"));
      if (asked !== this.#asked) return;
      this.all = all;
      this.error = null;
      this.phase = "ready";
    } catch (error) {
      if (asked !== this.#asked) return;
      this.error = error;
      if (this.phase !== "ready") this.phase = "failed";
    }
  }

  again(): Promise<void> {
    this.phase = "loading";
    return this.load();
  }

  /** Returns the id of the new one. Throws what the server says. */
  async make(draft: InvitationDraft): Promise<number> {
    const { invitation, token } = await data(api.POST("/api/invitations", { body: draft }));
    this.#asked += 1; // an answer under way does not know it yet
    this.#links.set(invitation.id, `${location.origin}/invite/${token}`);
    this.all = [invitation, ...this.all];
    return invitation.id;
  }

  /** Throws what the server says; one that was gone already is withdrawn too. */
  async withdraw(id: number): Promise<void> {
    try {
      await api.DELETE("/api/invitations/{invitation_id}", {
        params: { path: { invitation_id: id } },
      });
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
    this.#asked += 1;
    this.#links.delete(id);
    this.all = this.all.filter((one) => one.id !== id);
  }
}

/** Whose invitation a link is. Throws what the server says. */
export function inviter(token: string): Promise<TieView> {
  return data(api.POST("/api/invite/open", { body: { token } }));
}

/** Become their friend. Throws what the server says. */
export async function accept(token: string, id: number): Promise<TieView> {
  const told = ties.told(id);
  const view = await data(api.POST("/api/invite/accept", { body: { token } }));
  ties.answered(view, told);
  return view;
}

/** Whether an address that somebody was on the way to is an invitation. */
export function isInvitation(search: string): boolean {
  return (new URLSearchParams(search).get("next") ?? "").startsWith("/invite/");
}

export const invitations = new Invitations();
