/** Why something did not work, in the reader's words. */
import { ApiError } from "../http";
import { type Key, t } from "../i18n/index.svelte";
import { NoAnswer, WireError } from "../socket/connection";

const WORDS: Record<string, Key> = {
  network: "offline.title",
  too_fast: "error.too_fast",
  slow_mode: "error.slow_mode",
  unavailable: "error.unavailable",
  forbidden: "error.forbidden",
  password: "error.password",
  not_found: "error.not_found",
  full: "error.full",
  too_large: "error.too_large",
  not_a_picture: "error.not_a_picture",
  closed: "error.closed",
  conflict: "error.conflict",
};

/** The code of an error: the server's, or "network" when it could not be asked. */
export function codeOf(error: unknown): string {
  if (error instanceof ApiError) return error.status === 0 ? "network" : error.body.code;
  if (error instanceof WireError) return error.body.code;
  return error instanceof NoAnswer ? "network" : "other";
}

/** A sentence for a code or an error. */
export function why(what: unknown): string {
  const code = typeof what === "string" ? what : codeOf(what);
  return t(WORDS[code] ?? "error.other");
}
