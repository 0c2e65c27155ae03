/** allauth's routes: how they are asked, and what is wrong in codes. */
import { csrf } from "../http";

/** A field's name -> codes of what is wrong with it; "" for the form as a whole. */
export type Problems = Record<string, string>;

interface AllauthError {
  code: string;
  param?: string;
}

const BASE = "/_allauth/browser/v1";
const STATUS: Record<number, string> = { 404: "no_mail", 429: "too_fast", 503: "unavailable" };

/** The answer, or null when there is no connection. Fields go into the body, headers beside it. */
export async function ask(
  method: string,
  path: string,
  fields?: object,
  headers?: Record<string, string>,
): Promise<Response | null> {
  try {
    return await fetch(BASE + path, {
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
  if (!body.errors?.length) return { "": response.status === 409 ? "conflict" : "failed" };
  const problems: Problems = {};
  for (const { code, param = "" } of body.errors) problems[param] ??= code;
  return problems;
}

/** What stands between the password and being signed in: a code of the second step, the question
 *  whether to stay after all, or nothing. */
export type Pending = "mfa_authenticate" | "leaving" | null;

/** What a 401 asks for next. */
export async function pendingOf(response: Response): Promise<Pending> {
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as {
    data?: { flows?: { id: string; is_pending?: boolean }[] };
  };
  const flows = body.data?.flows ?? [];
  const waits = flows.find((flow) => flow.is_pending)?.id;
  return waits === "mfa_authenticate" || waits === "leaving" ? waits : null;
}
