import { createHash, webcrypto } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { addressesIn, fingerprint, picker } from "./contacts";
import { ContactSearch } from "./contacts.svelte";

const digest = (address: string) =>
  createHash("sha256").update(`jianghu-contact:1:${address}`).digest("hex");

// jsdom has none.
beforeAll(() => vi.stubGlobal("crypto", webcrypto));
afterAll(() => vi.unstubAllGlobals());

describe("what is an address in an address book", () => {
  it.each([
    ["EMAIL;TYPE=INTERNET:Li@Example.org\r\nTEL:+86138\r\n", ["li@example.org"]],
    ["EMAIL:very.long.name@exam\r\n ple.org", ["very.long.name@example.org"]],
    ["EMAIL;ENCODING=QUOTED-PRINTABLE:li@exam=\r\nple.org", ["li@example.org"]],
    ['Name,E-mail\n"Wang, Bo","bo@b.cn; bo+x@b.cn"', ["bo@b.cn", "bo+x@b.cn"]],
    ["a@b.c, A@B.C <a@b.c>", ["a@b.c"]],
    ["王@例子.中国", ["王@例子.中国"]],
    ["nobody, @home, a@b", []],
  ])("%s", (text, found) => expect(addressesIn(text)).toEqual(found));
});

it("a fingerprint is what the server makes of the same address", async () => {
  // As in tests/accounts/test_contacts.py.
  expect(await fingerprint("bo@example.org")).toBe(digest("bo@example.org"));
});

it("the device's own list is used where there is one", async () => {
  expect(picker()).toBeNull();
  const select = vi.fn(async () => [{ email: ["Li@x.org"] }, {}]);
  Object.defineProperty(navigator, "contacts", { value: { select }, configurable: true });
  expect(await picker()?.()).toEqual(["li@x.org"]);
  Reflect.deleteProperty(navigator, "contacts");
});

describe("looking", () => {
  let asked: string[][];
  let failing: ApiError | null;
  const here = (n: number) => ({
    digest: digest(`p${n}@x.org`),
    view: { person: { id: n, username: `p${n}`, name: `P${n}`, face: null }, tie: "none", at: 0 },
  });

  beforeEach(() => {
    asked = [];
    failing = null;
    vi.spyOn(api, "POST").mockImplementation((async (
      _: string,
      { body }: { body: { digests: string[] } },
    ) => {
      if (failing) throw failing;
      asked.push(body.digests);
      return {
        data: { found: [here(1), here(600)].filter((one) => body.digests.includes(one.digest)) },
      };
    }) as never);
  });
  afterEach(() => vi.restoreAllMocks());

  const many = Array.from({ length: 700 }, (_, n) => `p${n}@x.org`);

  it("goes by five hundred, says how far it is, and names by which contact", async () => {
    const search = new ContactSearch();
    await search.look(many);
    expect(asked.map((some) => some.length)).toEqual([500, 200]);
    expect(asked.flat().every((one) => /^[0-9a-f]{64}$/.test(one))).toBe(true);
    expect(search.found.map(({ address }) => address)).toEqual(["p1@x.org", "p600@x.org"]);
    expect([search.phase, search.done, search.all]).toEqual(["done", 700, 700]);
  });

  it("after a failure goes on where it stopped, and stopping forgets", async () => {
    const search = new ContactSearch();
    failing = new ApiError(429, { code: "too_fast", message: "", retry: true });
    await search.look(many);
    expect([search.phase, search.done]).toEqual(["failed", 0]);
    failing = null;
    await search.again();
    expect([search.phase, search.done]).toEqual(["done", 700]);
    const working = search.look(many);
    search.stop();
    await working;
    expect([search.phase, search.found]).toEqual(["new", []]);
  });
});
