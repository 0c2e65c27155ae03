/** Light formatting: *strong*, _emphasis_, ~struck~ (doubled marks mean the same), `code`, ```
 *  blocks, > quotes, links and mentions. Text becomes a tree of plain pieces, never markup, so nothing in it can run. */

import { find } from "linkifyjs";

export type Span =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "mention"; text: string; person: number }
  | { kind: "tag"; text: string; tag: string }
  | { kind: "named"; text: string; name: string }
  | { kind: "strong" | "em" | "del"; spans: Span[] };

export type Block = { kind: "para" | "quote"; lines: Span[][] } | { kind: "pre"; text: string };

/** Somebody the message mentions: `called` is how the text names them, `shown` what people read. */
export type Mentioned = { id: number; called: string; shown: string };

const FENCE = "```";

export function blocks(text: string, mentioned: readonly Mentioned[] = []): Block[] {
  const found: Block[] = [];
  let rest = text;
  for (;;) {
    const open = rest.indexOf(FENCE);
    const close = open < 0 ? -1 : rest.indexOf(FENCE, open + FENCE.length);
    if (close < 0) return [...found, ...paragraphs(rest, mentioned)];
    found.push(...paragraphs(rest.slice(0, open), mentioned));
    found.push({ kind: "pre", text: unpadded(rest.slice(open + FENCE.length, close)) });
    rest = rest.slice(close + FENCE.length);
  }
}

function unpadded(text: string): string {
  return text.replace(/^\n/, "").replace(/\n$/, "");
}

function paragraphs(text: string, mentioned: readonly Mentioned[]): Block[] {
  const found: Block[] = [];
  const clean = unpadded(text);
  if (!clean) return found;
  for (const line of clean.split("\n")) {
    const quoted = /^>\s?/.exec(line)?.[0];
    const kind = quoted ? "quote" : "para";
    const content = spans(line.slice(quoted?.length ?? 0), mentioned);
    const last = found.at(-1);
    if (last?.kind === kind) last.lines.push(content);
    else found.push({ kind, lines: [content] });
  }
  return found;
}

/** The pieces of one line. */
export function spans(line: string, mentioned: readonly Mentioned[] = [], depth = 0): Span[] {
  return new Scanner(line, mentioned, depth).run();
}

const MARKS = [
  { mark: "**", kind: "strong" },
  { mark: "~~", kind: "del" },
  { mark: "*", kind: "strong" },
  { mark: "~", kind: "del" },
  { mark: "_", kind: "em" },
] as const;
const DEEPEST = 3;
const WORD = /[A-Za-z0-9]/;

type Found = { span: Span; end: number };

/** One pass over a line. A mark whose pair is missing is looked for once, not at every place, so
 *  that 4,000 asterisks cost no more than 4,000 letters. */
class Scanner {
  #missing = new Set<string>();
  #links: Map<number, Found>;
  #line: string;
  #mentioned: readonly Mentioned[];
  #depth: number;

  constructor(line: string, mentioned: readonly Mentioned[], depth: number) {
    this.#line = line;
    this.#mentioned = mentioned;
    this.#depth = depth;
    this.#links = linksIn(line);
  }

  run(): Span[] {
    const found: Span[] = [];
    let from = 0;
    let at = 0;
    while (at < this.#line.length) {
      const piece = this.#links.get(at) ?? this.#code(at) ?? this.#mark(at);
      if (piece) {
        found.push(...mentions(this.#line.slice(from, at), this.#mentioned), piece.span);
        from = piece.end;
      }
      at = piece?.end ?? at + 1;
    }
    found.push(...mentions(this.#line.slice(from), this.#mentioned));
    return found;
  }

  #code(at: number): Found | undefined {
    if (this.#line[at] !== "`") return undefined;
    const end = this.#pair("`", at + 1);
    if (end <= at + 1) return undefined;
    return { span: { kind: "code", text: this.#line.slice(at + 1, end) }, end: end + 1 };
  }

  #mark(at: number): Found | undefined {
    if (this.#depth >= DEEPEST) return undefined;
    const found = MARKS.find(({ mark }) => this.#line.startsWith(mark, at));
    if (!found || !this.#opens(found.mark, at)) return undefined;
    const from = at + found.mark.length;
    const end = this.#pair(found.mark, from);
    if (end <= from || /\s/.test(this.#line[end - 1] ?? " ")) return undefined;
    const inner = spans(this.#line.slice(from, end), this.#mentioned, this.#depth + 1);
    return { span: { kind: found.kind, spans: inner }, end: end + found.mark.length };
  }

  /** A single mark inside a word is a letter: 2*3*4, snake_case_name. */
  #opens(mark: string, at: number): boolean {
    if (/\s/.test(this.#line[at + mark.length] ?? " ")) return false;
    return mark.length > 1 || !WORD.test(this.#line[at - 1] ?? " ");
  }

  /** Where the pair of a mark begins, outside links; -1 when there is none. */
  #pair(mark: string, from: number): number {
    if (this.#missing.has(mark)) return -1;
    let at = this.#line.indexOf(mark, from);
    while (at >= 0 && this.#withinLink(at)) at = this.#line.indexOf(mark, at + 1);
    if (at < 0) this.#missing.add(mark);
    return at;
  }

  #withinLink(at: number): boolean {
    for (const [start, link] of this.#links) if (start <= at && at < link.end) return true;
    return false;
  }
}

/** Where a link ends although its characters go on: closing marks, and Chinese punctuation. */
const LINK_STOPS = /[\u3000-\u303f\uff00-\uffef]|[*_~`]+$/;
const LOOKS_LIKE_LINK = /^(https?:\/\/|www\.)|^[^/\s]+\.[a-z]{2,}\//i;

function linksIn(line: string): Map<number, Found> {
  const found = new Map<number, Found>();
  if (!line.includes(".")) return found;
  for (const { type, value, start } of find(line)) {
    // Chinese writes no space before an address, so the words before it can seem part of it.
    const lead = Math.max(0, value.search(/https?:\/\/|www\./i));
    const [text = ""] = value.slice(lead).split(LINK_STOPS);
    const href = type === "url" && LOOKS_LIKE_LINK.test(text) ? addressOf(text) : null;
    const at = start + lead;
    if (href) found.set(at, { span: { kind: "link", text, href }, end: at + text.length });
  }
  return found;
}

/** The whole address, or null for anything a browser would not simply open as a page. */
function addressOf(text: string): string | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return url.href;
}

function mentions(text: string, mentioned: readonly Mentioned[]): Span[] {
  const found: Span[] = [];
  let rest = text;
  while (rest) {
    const next = nearest(rest, mentioned);
    if (!next) {
      found.push({ kind: "text", text: rest });
      break;
    }
    if (next.at > 0) found.push({ kind: "text", text: rest.slice(0, next.at) });
    found.push({ kind: "mention", text: `@${next.who.shown}`, person: next.who.id });
    rest = rest.slice(next.at + next.who.called.length + 1);
  }
  return found;
}

function nearest(text: string, mentioned: readonly Mentioned[]) {
  let best: { at: number; who: Mentioned } | null = null;
  for (const who of mentioned) {
    const at = mentionAt(text, who.called);
    if (at < 0 || (best && (at > best.at || (at === best.at && !longer(who, best.who))))) continue;
    best = { at, who };
  }
  return best;
}

function longer(one: Mentioned, other: Mentioned): boolean {
  return one.called.length > other.called.length;
}

/** Where `@called` stands, in any case; -1 when nowhere. As on the server: a name in Latin letters
 *  ends where the word ends, a Chinese one need not, and an @ inside a word is an address. */
export function mentionAt(text: string, called: string): number {
  const [low, name] = [text.toLowerCase(), `@${called.toLowerCase()}`];
  const latin = /[\x21-\x7e]$/.test(name);
  for (let at = low.indexOf(name); at >= 0; at = low.indexOf(name, at + 1)) {
    const ends = !latin || !/[a-z0-9_]/.test(low[at + name.length] ?? " ");
    if (ends && !/[a-z0-9_.]/.test(low[at - 1] ?? " ")) return at;
  }
  return -1;
}

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\u200d|\ufe0f|\s)+$/u;

/** One to three emoji and nothing else: shown large. Digits are emoji components too, so a
 *  pictograph or a flag has to be among them. */
export function isJumbo(text: string): boolean {
  if (text.length > 40 || !ONLY_EMOJI.test(text)) return false;
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text)) return false;
  if (/[0-9#*]/.test(text)) return false;
  return [...new Intl.Segmenter().segment(text.replace(/\s/g, ""))].length <= 3;
}

/** The text as one plain line, for previews and quotes. */
export function plain(text: string): string {
  return blocks(text)
    .map((block) => (block.kind === "pre" ? block.text : block.lines.map(words).join(" ")))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

function words(line: Span[]): string {
  return line.map((span) => ("spans" in span ? words(span.spans) : span.text)).join("");
}
