/** allauth's error codes in people's words. */
import { type Key, t } from "../i18n/index.svelte";

const WORDS: Record<string, Key> = {
  username_password_mismatch: "problem.mismatch",
  email_password_mismatch: "problem.mismatch",
  too_many_login_attempts: "error.too_fast",
  too_fast: "error.too_fast",
  rate_limited: "error.too_fast",
  incorrect_password: "problem.password",
  incorrect_code: "problem.code",
  begin_again: "problem.begin_again",
  conflict: "error.conflict",
  offline: "problem.offline",
  unavailable: "error.unavailable",
  no_mail: "problem.no_mail",
  invalid_password_reset: "problem.old_link",
  invalid_or_expired_key: "problem.old_link",
  required: "problem.required",
  username_taken: "problem.taken",
  unique: "problem.taken",
  email_taken: "problem.email_taken",
  username_blacklisted: "problem.taken",
  invalid_name: "problem.name",
  invalid_year: "problem.year",
  password_too_short: "problem.short",
  password_too_common: "problem.common",
  password_entirely_numeric: "problem.common",
  password_too_similar: "problem.similar",
  min_length: "problem.too_short",
  max_length: "problem.too_long",
  invalid: "problem.invalid",
};

/** What is wrong with a username that breaks the rules: the rules are worth saying whole. */
const SPELLING = { invalid: 1, invalid_username: 1, min_length: 1, max_length: 1 };

/** What to say at the field; undefined when nothing is wrong there. */
export function problem(
  code: string | undefined,
  field?: "username" | "code" | "year",
): string | undefined {
  if (code === undefined) return undefined;
  if (field === "code" && code === "too_many_login_attempts") return t("problem.codes");
  if (field === "year") return t("problem.year");
  if (field === "username" && code in SPELLING) return t("problem.username");
  return t(WORDS[code] ?? "error.other");
}
