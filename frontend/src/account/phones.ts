/** A telephone number and its code in people's words: what is wrong, and how long something takes. */
import { ApiError } from "../http";
import { type Key, t } from "../i18n/index.svelte";
import { why } from "../ui/why";

const NUMBER: Record<string, Key> = {
  country: "phone.bad.country",
  invalid: "phone.bad.number",
  no_texts: "phone.bad.no_texts",
  yours: "phone.bad.yours",
};

/** What to say about a refusal, and at which field; "" for the form as a whole. */
export function trouble(error: unknown): { at: "number" | "code" | ""; words: string } {
  const body = error instanceof ApiError ? error.body : null;
  if (body?.code === "bad_field" && body.fields?.code)
    return { at: "code", words: t("phone.bad.code") };
  if (body?.code === "bad_field")
    return { at: "number", words: t(NUMBER[body.fields?.number ?? ""] ?? "phone.bad.number") };
  if (body?.code === "closed") return { at: "code", words: t("phone.over") };
  if (body?.code === "conflict") return { at: "", words: t("phone.bad.taken") };
  if (body?.code === "too_fast" && body.retry_after)
    return { at: "", words: t("phone.wait", { time: waiting(body.retry_after * 1000) }) };
  return { at: "", words: why(error) };
}

/** Six digits of whatever was typed or pasted; null when it is no code. */
export function codeIn(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  return digits.length === 6 ? digits : null;
}

/** A short time as a clock shows it: 9:05. Nothing is 0:00. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A time to wait in words: seconds up to a minute and a half, then minutes. */
function waiting(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds <= 90
    ? t("phone.seconds", { n: seconds })
    : t("phone.minutes", { n: Math.ceil(seconds / 60) });
}
