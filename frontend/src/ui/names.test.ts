import { render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { named } from "./names";
import RichText from "./RichText.svelte";
import { spans } from "./rich-text";

const names = (line: string) =>
  named(spans(line)).flatMap((span) => (span.kind === "named" ? [span.name] : []));

describe("who is named", () => {
  // As in tests/feed/test_naming.py: whom the words name is who is told.
  it.each([
    ["@Mei, look: @bo_2!", ["mei", "bo_2"]],
    ["问@mei吧，@bo。", ["mei", "bo"]],
    ["mei@example.org x.@bo @ @b", []],
    [`@${"x".repeat(30)} @${"y".repeat(31)}`, ["x".repeat(30)]],
    ["`@code` https://x.org/@bo", []],
  ])("%s", (line, found) => expect(names(line)).toEqual(found));

  it("stands within what is marked", () => {
    expect(named(spans("*@mei*"))).toEqual([
      { kind: "strong", spans: [{ kind: "named", text: "@mei", name: "mei" }] },
    ]);
  });
});

it("a name in a post leads to whoever bears it, beside a tag; elsewhere it is a word", async () => {
  const { rerender } = render(RichText, { text: "@Mei loves #tea", posted: true });
  expect(screen.getByRole("link", { name: "@Mei" })).toHaveProperty("pathname", "/named/mei");
  expect(screen.getByRole("link", { name: "#tea" })).toHaveProperty("pathname", "/tags/tea");
  await rerender({ posted: false });
  expect(screen.queryByRole("link")).toBeNull();
});
