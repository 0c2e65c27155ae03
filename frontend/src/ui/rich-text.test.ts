import { describe, expect, it } from "vitest";
import { blocks, isJumbo, mentionAt, plain, type Span, spans } from "./rich-text";

/** Spans as short text: s(…) strong, e(…) emphasis, d(…) struck, c(…) code, a(…) link, @(…). */
function short(found: Span[]): string {
  const name = {
    strong: "s",
    em: "e",
    del: "d",
    code: "c",
    link: "a",
    mention: "@",
    tag: "#",
    named: "n",
  };
  return found
    .map((span) => {
      if (span.kind === "text") return span.text;
      return `${name[span.kind]}(${"spans" in span ? short(span.spans) : span.text})`;
    })
    .join("");
}

describe("marks", () => {
  it.each([
    ["a **b** c", "a s(b) c"],
    ["*a* and _b_", "s(a) and e(b)"],
    ["~~no~~ ~no~ yes", "d(no) d(no) yes"],
    ["我**很**喜欢", "我s(很)喜欢"],
    ["**a _b_ c**", "s(a e(b) c)"],
    ["`a * b * c`", "c(a * b * c)"],
    ["2*3*4 and snake_case_name", "2*3*4 and snake_case_name"],
    ["a * b * c", "a * b * c"],
    ["**open", "**open"],
    ["****", "****"],
    ["``", "``"],
  ])("%s", (text, expected) => expect(short(spans(text))).toBe(expected));

  it("takes linear time on hostile text", () => {
    const begin = performance.now();
    for (const bit of ["*", "**a", "_ ", "`", "~~", "*a_b", "> ", "```", "@mei ", "a.bc "]) {
      blocks(bit.repeat(4_000 / bit.length), [{ id: 1, called: "mei", shown: "Mei" }]);
    }
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe("links", () => {
  it.each([
    ["see https://a.example/b_c_d.", "see a(https://a.example/b_c_d)."],
    ["**https://a.example/x**", "s(a(https://a.example/x))"],
    ["看www.example.com/a，好", "看a(www.example.com/a)，好"],
    ["看https://a.example/x。好", "看a(https://a.example/x)。好"],
    ["mail me@example.com or hello.so", "mail me@example.com or hello.so"],
    ["javascript:alert(1)//x.example/", "javascript:alert(1)//x.example/"],
    ["https://user:pass@evil.example/", "https://user:pass@evil.example/"],
  ])("%s", (text, expected) => expect(short(spans(text))).toBe(expected));

  it("leads to http or https only", () => {
    const hostile =
      "javascript://a.example/%0aalert(1) data:text/html,x ftp://a.example/ file:///a";
    for (const span of spans(hostile)) {
      if (span.kind === "link") expect(span.href).toMatch(/^https?:/);
    }
  });
});

describe("mentions", () => {
  const who = [
    { id: 1, called: "mei", shown: "Mei Zhou" },
    { id: 2, called: "mei_li", shown: "Mei Li" },
  ];

  it.each([
    ["hey @mei!", "hey @(@Mei Zhou)!"],
    ["@mei_li and @mei", "@(@Mei Li) and @(@Mei Zhou)"],
    ["**@mei**", "s(@(@Mei Zhou))"],
    ["@meifang a@mei", "@meifang a@mei"],
    ["@MEI", "@(@Mei Zhou)"],
    ["@bo", "@bo"],
  ])("%s", (text, expected) => expect(short(spans(text, who))).toBe(expected));

  it("lets words follow a Chinese name at once", () => {
    const found = spans("@周梅你看", [{ id: 3, called: "周梅", shown: "周梅" }]);
    expect(short(found)).toBe("@(@周梅)你看");
  });

  it("finds a whole name only", () => {
    expect(mentionAt("@meifang @mei", "mei")).toBe(9);
    expect(mentionAt("@meifang", "mei")).toBe(-1);
  });
});

describe("blocks", () => {
  it("keeps code as it is", () => {
    expect(blocks("a\n```\n**x**\n> y\n```\nb")).toEqual([
      { kind: "para", lines: [[{ kind: "text", text: "a" }]] },
      { kind: "pre", text: "**x**\n> y" },
      { kind: "para", lines: [[{ kind: "text", text: "b" }]] },
    ]);
  });

  it("joins lines of one quote", () => {
    const kinds = blocks("> a\n> b\nc").map((block) => block.kind);
    expect(kinds).toEqual(["quote", "para"]);
  });

  it("loses no letter of what was written", () => {
    expect(plain("**a** `b`\n```\nc\n```")).toBe("a b c");
  });
});

it.each([
  ["👍", true],
  ["👨‍👩‍👧 🇨🇳", true],
  ["👍👍👍👍", false],
  ["12", false],
  ["ok 👍", false],
  ["", false],
])("only a few emoji are shown large: %s", (text, large) => expect(isJumbo(text)).toBe(large));
