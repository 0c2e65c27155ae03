/** Leaving for good, and taking it back. */
import { api, data } from "../http";
import type { LeavingView } from "../wire/api";
import { ask, type Problems, problemsOf } from "./allauth";
import { type Outcome, refused } from "./second-step";

/** What stands in the way, and for how many days it can be undone. */
export function standing(): Promise<LeavingView> {
  return data(api.GET("/api/me/leaving"));
}

/** Gone at once, everywhere; erased at the moment this gives. code: where the second step is on. */
export async function leave(code: string): Promise<Outcome<number>> {
  const response = await ask("POST", "/account/leaving", { code });
  if (!response?.ok) return refused(response);
  return { done: ((await response.json()) as { data: { due_at: number } }).data.due_at };
}

/** Until when it can be undone, for whoever gave the password; null when not any more. */
export async function undoneUntil(): Promise<number | null> {
  const response = await ask("GET", "/auth/leaving");
  if (!response?.ok) return null;
  return ((await response.json()) as { data: { due_at: number } }).data.due_at;
}

/** Take it back and be signed in. */
export async function comeBack(): Promise<Problems> {
  const response = await ask("POST", "/auth/leaving");
  if (response?.status === 401) return { "": "begin_again" };
  return response?.ok ? {} : problemsOf(response);
}
