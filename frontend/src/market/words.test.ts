import { describe, expect, it } from "vitest";
import { toAmount, toMinor } from "./words";

describe("amounts as people write them", () => {
  it.each([
    ["469", 46900],
    ["469.5", 46950],
    ["469,50", 46950],
    ["¥1,299.00", 129900],
    ["1,299", 129900],
    ["１２９９", 129900],
    [" 0.01 ", 1],
    ["0", 0],
  ])("%s", (written, minor) => {
    expect(toMinor(written, "CNY")).toBe(minor);
  });

  it.each(["", "abc", "-5", "1.234", "1e5", "12,34,5", "99999999999999", "."])(
    "%s is no amount",
    (written) => {
      expect(toMinor(written, "CNY")).toBeNull();
    },
  );

  it("keeps to the decimals of the currency", () => {
    expect(toMinor("500", "JPY")).toBe(500);
    expect(toMinor("500.5", "JPY")).toBeNull();
    expect(toAmount(500, "JPY")).toBe("500");
    expect(toAmount(46950, "CNY")).toBe("469.50");
    expect(toAmount(46900, "CNY")).toBe("469");
  });

  it("goes there and back without loss", () => {
    for (const minor of [0, 1, 99, 100, 101, 46_950, 1_234_567_89, 999_999_999_999])
      expect(toMinor(toAmount(minor, "CNY"), "CNY")).toBe(minor);
  });
});
