import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { i18n, t } from "./index.svelte";
import { zh } from "./zh";

const SOURCE = join(import.meta.dirname, "..");

function svelteFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return svelteFiles(path);
    return path.endsWith(".svelte") ? [path] : [];
  });
}

/** What stands between tags, without scripts, styles, expressions and blocks. */
function wordsBetweenTags(source: string): string[] {
  let text = source
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<!--[\s\S]*?-->/g, "");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\{[^{}]*\}/g, "");
  }
  // An arrow function in an attribute ends no tag.
  return [...text.replaceAll("=>", "").matchAll(/>([^<>]+)</g)]
    .map((found) => (found[1] ?? "").replace(/&\w+;/g, "").trim())
    .filter((words) => /\p{L}{2,}/u.test(words));
}

/** The parameters of a text: `{name}` and the name in front of plural forms. */
function parameters(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)/g)].map((found) => found[1] ?? ""))].sort();
}

describe("the catalogue", () => {
  it("has every key in both languages, and words for both or for neither", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(zh[key] === "", key).toBe((en[key] as string) === "");
  });

  it("uses no parameter in Chinese that English does not have", () => {
    // Fewer is right: Chinese has no plural to choose by a number.
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(parameters(en[key]), key).toEqual(expect.arrayContaining(parameters(zh[key])));
  });

  it("is where all words of the page come from", () => {
    const files = svelteFiles(SOURCE);
    expect(files.length).toBeGreaterThan(20);
    const literal = files.flatMap((file) =>
      wordsBetweenTags(readFileSync(file, "utf8")).map((words) => `${file}: ${words}`),
    );
    expect(literal).toEqual([]);
    const attributes = files.filter((file) =>
      /\s(aria-label|placeholder|title|alt)="[^"{]*\p{L}{2,}/u.test(readFileSync(file, "utf8")),
    );
    expect(attributes).toEqual([]);
    expect(wordsBetweenTags("<p>Plain words</p>"), "the net has no hole").toEqual(["Plain words"]);
  });

  it("chooses plural forms by the language", async () => {
    await i18n.use("en");
    expect(t("conn.catching", { n: 1 })).toBe("Catching up: one change");
    expect(t("conn.catching", { n: 1200 })).toBe("Catching up: 1,200 changes");
    await i18n.use("zh");
    expect(t("conn.catching", { n: 3 })).toBe("正在补上 3 处变化");
    await i18n.use("en");
  });

  it("writes money from minor units", () => {
    expect(i18n.money(46_900, "CNY")).toBe("¥469");
    expect(i18n.money(46_950, "CNY")).toBe("¥469.50");
    expect(i18n.money(500, "JPY")).toBe("¥500");
  });
});
