/** An address book, read on this device. Of what is in it only fingerprints leave. */

/** As on the server (server/accounts/contacts.py). */
const PREFIX = "jianghu-contact:1:";
const ADDRESS = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** A line of a vCard that is continued begins with a space (RFC 6350, 3.2). */
const FOLDED = /\r?\n[ \t]/g;
/** Soft breaks of quoted-printable, as vCard 2.1 writes it. */
const SOFT = /=\r?\n/g;

/** Whatever is an address in a vCard, a table or any text, in small letters, each once. */
export function addressesIn(text: string): string[] {
  const found = text.replace(SOFT, "").replace(FOLDED, "").match(ADDRESS) ?? [];
  return [...new Set(found.map((one) => one.toLowerCase().replace(/^[.']+|[.']+$/g, "")))];
}

/** SHA-256, as 64 hexadecimal digits. */
export async function fingerprint(address: string): Promise<string> {
  const bytes = new TextEncoder().encode(PREFIX + address);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Picker {
  select(properties: string[], options: { multiple: boolean }): Promise<{ email?: string[] }[]>;
}

/** The device's own chooser of contacts, where it has one (Contact Picker API). */
export function picker(): (() => Promise<string[]>) | null {
  const { contacts } = navigator as Navigator & { contacts?: Picker };
  if (!contacts?.select) return null;
  return async () => {
    const chosen = await contacts.select(["email"], { multiple: true });
    return addressesIn(chosen.flatMap(({ email }) => email ?? []).join("\n"));
  };
}
