/** Usernames with an @ before them, found as the server finds whom it tells (server/feed/naming.py).
 *  Whether there is somebody of that name for me to see is asked when the link is opened. */
import type { Span } from "./rich-text";

const NAMES = /(?<![a-z0-9_.])@([a-z0-9_]{2,30})(?![a-z0-9_])/gi;

/** Plain pieces of a line, with the names in them taken out. */
export function named(spans: readonly Span[]): Span[] {
  return spans.flatMap((span): Span[] => {
    if ("spans" in span) return [{ ...span, spans: named(span.spans) }];
    return span.kind === "text" ? pieces(span.text) : [span];
  });
}

function pieces(text: string): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(NAMES)) {
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    const name = (match[1] ?? "").toLowerCase();
    found.push({ kind: "named", text: match[0], name });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}
