import { beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY, forgetAll, keep, lines, read } from "./drafts";

beforeEach(() => localStorage.clear());

describe("drafts", () => {
  it("survive a reload, for one person in one chat", () => {
    keep(1, 7, { ...EMPTY, text: "half a thought" });
    expect(read(1, 7).text).toBe("half a thought");
    expect(read(1, 8).text).toBe("");
    expect(read(2, 7).text).toBe("");
  });

  it("are forgotten when they are empty", () => {
    keep(1, 7, { ...EMPTY, text: "x" });
    keep(1, 7, { ...EMPTY, text: "  " });
    expect(localStorage.length).toBe(0);
  });

  it("are listed by chat, mine only", () => {
    keep(1, 7, { ...EMPTY, text: " seven " });
    keep(12, 8, { ...EMPTY, text: "theirs" });
    expect([...lines(1)]).toEqual([[7, "seven"]]);
  });

  it("count as nothing when they cannot be read", () => {
    localStorage.setItem("draft:1:7", "{nonsense");
    localStorage.setItem("draft:1:8", "3");
    expect(read(1, 7)).toEqual(EMPTY);
    expect(read(1, 8)).toEqual(EMPTY);
  });

  it("do not fail where storage is full or forbidden", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(() => keep(1, 7, { ...EMPTY, text: "x" })).not.toThrow();
  });

  it("can all be forgotten, and nothing else with them", () => {
    keep(1, 7, { ...EMPTY, text: "x" });
    localStorage.setItem("theme", "dark");
    forgetAll();
    expect(Object.keys(localStorage)).toEqual(["theme"]);
  });
});
