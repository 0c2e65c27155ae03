/** What the links in our letters open: a new password, a confirmed address. */
import { ask, type Problems, problemsOf } from "./allauth";

/** Have a letter sent. No answer tells whether the address has an account. */
export function askForPassword(email: string): Promise<Problems> {
  return done("POST", "/auth/password/request", { email });
}

/** Whether the link of a letter still opens anything. */
export function checkPasswordLink(key: string): Promise<Problems> {
  return done("GET", "/auth/password/reset", undefined, { "X-Password-Reset-Key": key });
}

export function setPassword(key: string, password: string): Promise<Problems> {
  return done("POST", "/auth/password/reset", { key, password });
}

/** The address that a link confirms, or what is wrong with the link. */
export async function addressOf(key: string): Promise<{ email: string } | { problems: Problems }> {
  const response = await ask("GET", "/auth/email/verify", undefined, {
    "X-Email-Verification-Key": key,
  });
  if (!response?.ok) return { problems: await problemsOf(response) };
  return ((await response.json()) as { data: { email: string } }).data;
}

export function confirmAddress(key: string): Promise<Problems> {
  return done("POST", "/auth/email/verify", { key });
}

/** 401 is how the server says: done, and nobody is signed in here. */
async function done(...asked: Parameters<typeof ask>): Promise<Problems> {
  const response = await ask(...asked);
  return response?.ok || response?.status === 401 ? {} : problemsOf(response);
}
