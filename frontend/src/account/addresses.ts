/** My address: whether it is known to be mine, having its letter again, and another one. */
import { ApiError } from "../http";
import { ask, problemsOf } from "./allauth";
import { type Outcome, refused } from "./second-step";

export interface Address {
  email: string;
  confirmed: boolean;
}

/** mine: what counts now. coming: what takes its place once its letter was answered. */
export interface Addresses {
  mine: Address | null;
  coming: string | null;
}

interface Row {
  email: string;
  verified: boolean;
  primary: boolean;
}

/** Throws an ApiError when it cannot be told. */
export async function addresses(): Promise<Addresses> {
  const response = await ask("GET", "/account/email");
  if (!response?.ok) {
    const code = response ? "internal" : "unavailable";
    throw new ApiError(response?.status ?? 0, { code, message: "Not known.", retry: true });
  }
  return read(((await response.json()) as { data: Row[] }).data);
}

function read(rows: Row[]): Addresses {
  const counts = rows.find((row) => row.verified) ?? rows.find((row) => row.primary) ?? rows[0];
  const coming = rows.find((row) => row !== counts && !row.verified);
  return {
    mine: counts ? { email: counts.email, confirmed: counts.verified } : null,
    coming: coming?.email ?? null,
  };
}

/** A letter goes to this address; it is mine once that was answered. The password is wanted first. */
export async function change(email: string): Promise<Outcome<Addresses>> {
  const response = await ask("POST", "/account/email", { email });
  if (!response?.ok) return refused(response);
  return { done: read(((await response.json()) as { data: Row[] }).data) };
}

/** Have the letter to this address once more; one in three minutes. */
export async function sendAgain(email: string): Promise<Outcome<true>> {
  const response = await ask("PUT", "/account/email", { email });
  if (response?.status === 403) return { problems: { "": "too_fast" } };
  return response?.ok ? { done: true } : { problems: await problemsOf(response) };
}

/** The present address stays. */
export async function neverMind(email: string): Promise<Outcome<true>> {
  const response = await ask("DELETE", "/account/email", { email });
  return response?.ok ? { done: true } : refused(response);
}
