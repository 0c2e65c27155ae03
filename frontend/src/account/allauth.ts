/** allauth's routes: how they are asked, and what is wrong in codes. */
import { csrf } from "../http";

/** A field's name -> codes of what is wrong with it; "" for the form as a whole. */
export type Problems = Record<string, string>;

interface AllauthError {
  code: string;
  param?: string;
}

const AUTH = "/_allauth/browser/v1/auth";
const STATUS: Record<number, string> = { 404: "no_mail", 429: "too_fast", 503: "unavailable" };

/** The answer, or null when there is no connection. Fields go into the body, headers beside it. */
export async function ask(
  method: string,
  path: string,
  fields?: object,
  headers?: Record<string, string>,
): Promise<Response | null> {
  try {
    return await fetch(AUTH + path, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), ...headers },
      ...(fields ? { body: JSON.stringify(fields) } : {}),
    });
  } catch {
    return null;
  }
}

/** What is wrong, by field; of several things at one the first: too short is also too common. */
export async function problemsOf(response: Response | null): Promise<Problems> {
  if (response === null) return { "": "offline" };
  const known = STATUS[response.status];
  if (known) return { "": known };
  const body = (await response.json().catch(() => ({}))) as { errors?: AllauthError[] };
  if (!body.errors?.length) return { "": "failed" };
  const problems: Problems = {};
  for (const { code, param = "" } of body.errors) problems[param] ??= code;
  return problems;
}
