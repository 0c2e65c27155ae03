/** Words with a # before them, found as the server finds them (server/feed/tags.py). */
import type { Span } from "./rich-text";

const LONGEST = 40;
const TAGS = new RegExp(
  String.raw`(?<![A-Za-z0-9_\u00c0-\u052f&/])#([\p{L}\p{N}_]{1,${LONGEST}})(?![\p{L}\p{N}_])#?`,
  "gu",
);

/** A tag as it is compared, whatever its case and width; null for what is none, such as #1. */
export function tagKey(tag: string): string | null {
  const same = tag.normalize("NFKC").toLowerCase();
  const word = /^[\p{L}\p{N}_]+$/u.test(same) && !/^(?:\p{N}+|_+)$/u.test(same);
  return word && [...same].length <= LONGEST ? same : null;
}

/** Whether these words bear a tag. */
export function bears(text: string, key: string): boolean {
  return [...text.matchAll(TAGS)].some(([, tag = ""]) => tagKey(tag) === key);
}

/** Plain pieces of a line, with the tags in them taken out. */
export function tagged(spans: readonly Span[]): Span[] {
  return spans.flatMap((span): Span[] => {
    if ("spans" in span) return [{ ...span, spans: tagged(span.spans) }];
    return span.kind === "text" ? pieces(span.text) : [span];
  });
}

function pieces(text: string): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(TAGS)) {
    const tag = tagKey(match[1] ?? "");
    if (!tag) continue;
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    found.push({ kind: "tag", text: match[0], tag });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}
