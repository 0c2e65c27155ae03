/** The second step of signing in: turning it on and off, and the codes for when the app is lost. */
import { ApiError } from "../http";
import { ask, type Problems, problemsOf } from "./allauth";

export interface Standing {
  on: boolean;
  /** Recovery codes that were not used yet. */
  left: number;
}

/** What an authenticator app must know, as text and as what a QR code says. */
export interface Secret {
  secret: string;
  url: string;
}

/** It worked, or something is wrong, or the password must be given again first. */
export type Outcome<T> = { done: T } | { problems: Problems } | "password";

const APP = "/account/authenticators/totp";
const CODES = "/account/authenticators/recovery-codes";

/** Throws an ApiError when it cannot be told. */
export async function standing(): Promise<Standing> {
  const response = await ask("GET", "/account/authenticators");
  if (!response?.ok) {
    const code = response ? "internal" : "unavailable";
    throw new ApiError(response?.status ?? 0, { code, message: "Not known.", retry: true });
  }
  const { data } = (await response.json()) as {
    data: { type: string; unused_code_count?: number }[];
  };
  return {
    on: data.some((one) => one.type === "totp"),
    left: data.find((one) => one.type === "recovery_codes")?.unused_code_count ?? 0,
  };
}

/** A new secret. Nothing is turned on before a code of it was given. */
export async function begin(): Promise<Outcome<Secret>> {
  const response = await ask("GET", APP);
  if (response?.ok) return { problems: { "": "conflict" } }; // it is on already
  if (response?.status !== 404) return refused(response);
  const { meta } = (await response.json()) as { meta: { secret: string; totp_url: string } };
  return { done: { secret: meta.secret, url: meta.totp_url } };
}

/** Turn it on; every other browser is signed out. Gives the recovery codes, this once. */
export async function confirm(code: string): Promise<Outcome<string[]>> {
  return codesOf(await ask("POST", APP, { code }));
}

/** New recovery codes; those from before open nothing any more. */
export async function newCodes(): Promise<Outcome<string[]>> {
  return codesOf(await ask("POST", CODES, {}));
}

/** Every other browser is signed out. */
export async function turnOff(): Promise<Outcome<true>> {
  const response = await ask("DELETE", APP);
  return response?.ok ? { done: true } : refused(response);
}

/** The password once more, for what follows in the next minutes. */
export async function givePassword(password: string): Promise<Problems> {
  const response = await ask("POST", "/auth/reauthenticate", { password });
  return response?.ok ? {} : problemsOf(response);
}

/** Have the letter sent again that confirms my address. Gives the address. */
export async function confirmAddressAgain(): Promise<Outcome<string>> {
  const listed = await ask("GET", "/account/email");
  if (!listed?.ok) return { problems: await problemsOf(listed) };
  const { data } = (await listed.json()) as { data: { email: string; verified: boolean }[] };
  const email = data.find((one) => !one.verified)?.email;
  if (email === undefined) return { problems: { "": "conflict" } };
  const sent = await ask("PUT", "/account/email", { email });
  if (sent?.status === 403) return { problems: { "": "too_fast" } }; // one went off just now
  return sent?.ok ? { done: email } : { problems: await problemsOf(sent) };
}

async function codesOf(response: Response | null): Promise<Outcome<string[]>> {
  if (!response?.ok) return refused(response);
  const { data } = (await response.json()) as { data: { unused_codes: string[] } };
  return { done: data.unused_codes };
}

/** What is wrong, or that the password is wanted first. */
export async function refused(
  response: Response | null,
): Promise<{ problems: Problems } | "password"> {
  if (response?.status === 401) {
    const body = (await response.json().catch(() => ({}))) as {
      meta?: { is_authenticated?: boolean };
    };
    return body.meta?.is_authenticated ? "password" : { problems: { "": "failed" } };
  }
  return { problems: await problemsOf(response) };
}
