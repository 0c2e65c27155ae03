/** Completing an @: what is being typed, who fits, and the text with the name put in. */
import type { Member, PersonCard } from "./wire";

export interface Asked {
  /** Where the @ stands. */
  from: number;
  to: number;
  words: string;
}

const MOST = 6;

/** What stands between the last @ and the caret, when that may be the beginning of a name. */
export function askedAt(text: string, caret: number): Asked | null {
  const from = text.lastIndexOf("@", caret - 1);
  if (from < 0 || /[a-z0-9_.]/i.test(text[from - 1] ?? " ")) return null;
  const words = text.slice(from + 1, caret);
  if (words.length > 24 || /[\n@]|\s\S*\s/.test(words)) return null;
  return { from, to: caret, words };
}

/** Those who may be meant, best first: names that begin so, then user names, then parts of them. */
export function matching(words: string, members: readonly Member[], me: number): PersonCard[] {
  const wanted = words.toLowerCase();
  const rank = ({ name, username }: PersonCard) => {
    const called = name.toLowerCase();
    if (called.startsWith(wanted)) return 0;
    if (username.startsWith(wanted)) return 1;
    return called.split(/\s+/).some((part) => part.startsWith(wanted)) ? 2 : 3;
  };
  return members
    .map(({ person }) => person)
    .filter((person) => person.id !== me && rank(person) < 3)
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
    .slice(0, MOST);
}

/** The text with this name where the @ was, and the caret after it. */
export function completed(text: string, { from, to }: Asked, name: string) {
  const put = `@${name} `;
  const rest = text.slice(to).replace(/^ /, "");
  return { text: text.slice(0, from) + put + rest, caret: from + put.length };
}
