import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import RichText from "./RichText.svelte";
import { spans } from "./rich-text";
import { bears, tagged, tagKey } from "./tags";

const keys = (line: string) =>
  tagged(spans(line)).flatMap((span) => (span.kind === "tag" ? [span.tag] : []));

describe("what is a tag", () => {
  // As in tests/feed/test_tags.py, but that none is left out for being the eleventh or said twice.
  it.each([
    ["#Tea and #tea", ["tea", "tea"]],
    ["喝#龙井#去，#春茶。#雨前##明前#", ["龙井", "春茶", "雨前", "明前"]],
    ["\uff03x #\uff34\uff25\uff21", ["tea"]],
    ["a#b é#c /#c &#100; https://x.org/#e #", []],
    ["#1 #2026 #___ # #\ufe0f\u20e3", []],
    ["#a1 #1a #a_b", ["a1", "1a", "a_b"]],
    [`#${"x".repeat(40)} #${"y".repeat(41)}`, ["x".repeat(40)]],
    ["#\ufdfa#\ufdfa#\ufdfa", []],
    ["`#code` and *#strong*", []],
  ])("%s", (line, found) => expect(keys(line)).toEqual(found));

  it("is found within what is marked", () => {
    expect(tagged(spans("*#strong*"))).toEqual([
      { kind: "strong", spans: [{ kind: "tag", text: "#strong", tag: "strong" }] },
    ]);
  });
});

it("a post bears a tag in any case and width, and not a longer one", () => {
  expect(bears("So much #TEA", "tea")).toBe(true);
  expect(bears("So much #teapots", "tea")).toBe(false);
});

it("an address may name what is no tag", () => {
  for (const none of ["", "1", "a-b", "#tea", "x".repeat(41)]) expect(tagKey(none)).toBeNull();
  expect(tagKey("Straße")).toBe("straße");
});

it("leads to the posts that bear it, and only where posts are", async () => {
  const { rerender } = render(RichText, { text: "喝#龙井#去", posted: true });
  expect(screen.getByRole("link", { name: "#龙井#" }).getAttribute("href")).toBe(
    `/tags/${encodeURIComponent("龙井")}`,
  );
  await rerender({ text: "喝#龙井#去", posted: false });
  expect(screen.queryByRole("link")).toBeNull();
});
