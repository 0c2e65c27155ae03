import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { Me, PhoneStanding } from "../wire/api";
import type { ErrorBody } from "../wire/events";
import PhonePart from "./PhonePart.svelte";
import { countries, countryOf, homeOf, moved } from "./phone-countries";
import { clock, codeIn, trouble } from "./phones";
import { Phones } from "./phones.svelte";
import { session } from "./session.svelte";

const NUMBER = "+86 138 0013 8000";
const NONE: PhoneStanding = { sends: true, number: null, coming: null, again_at: null };
const MINE = { ...NONE, number: NUMBER };

function coming(more: object = {}, again = 60_000): PhoneStanding {
  return {
    ...NONE,
    coming: {
      number: NUMBER,
      state: "sent",
      expires_at: Date.now() + 600_000,
      tries_left: 5,
      ...more,
    },
    again_at: Date.now() + again,
  };
}

function refused(code: ErrorBody["code"], more: object = {}): ApiError {
  return new ApiError(400, { code, message: "", retry: false, ...more });
}

/** What the server answers next, by method and path; the last one stays. An error is thrown. */
let answers: Record<string, unknown[]>;
let asked: { to: string; body: Record<string, string> | undefined }[];
const times = (to: string) => asked.filter((one) => one.to === to);

beforeEach(async () => {
  await i18n.use("en");
  asked = [];
  answers = { "GET /api/me/phone": [NONE] };
  for (const method of ["GET", "POST", "DELETE"] as const)
    vi.spyOn(api, method).mockImplementation((async (path: string, options?: { body?: never }) => {
      const to = `${method} ${path}`;
      asked.push({ to, body: options?.body });
      const known = answers[to] ?? [];
      const answer = await (known.length > 1 ? known.shift() : known[0]);
      if (answer instanceof Error) throw answer;
      return { data: answer };
    }) as never);
  vi.stubGlobal("fetch", async () => Response.json({}, { status: 200 }));
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["zh-CN", "en-GB"]);
  session.me = { person: { id: 7 } } as Me;
  toasts.all = [];
});

afterEach(() => {
  cleanup();
  session.me = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.body.innerHTML = "";
});

const GIVE = "POST /api/me/phone";
const CHECK = "POST /api/me/phone/check";
const AGAIN = "POST /api/me/phone/code";
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole("button", { name }));
const field = (label: string) => screen.findByLabelText(label) as Promise<HTMLInputElement>;

async function giveNumber(written: string): Promise<void> {
  const number = await field("Mobile number");
  await userEvent.clear(number);
  await userEvent.type(number, `${written}{Enter}`);
}

describe("on the page", () => {
  it("goes from the number over password and code to being mine", async () => {
    answers[GIVE] = [refused("password"), coming()];
    answers[CHECK] = [MINE];
    render(PhonePart);
    await press("Give a number");
    await giveNumber("+86 138 0013 8000");
    await userEvent.type(await field("Password"), "teahouse-9{Enter}");
    const code = await field("The code from the text");
    expect([code.autocomplete, code.inputMode]).toEqual(["one-time-code", "numeric"]);
    expect(screen.getByText(/A code went to \+86 138 0013 8000\.$/)).toBeTruthy();
    expect(screen.getByText(/Good for (10:00|9:59); 5 tries are left\./)).toBeTruthy();
    await userEvent.type(code, "123 456{Enter}");
    await screen.findByText("Confirmed");
    expect(times(CHECK)[0]?.body).toEqual({ code: "123456" });
    const [first, second] = times(GIVE);
    expect(first?.body?.number).toBe("+86 138 0013 8000");
    expect(second?.body?.number).toBe("+86 138 0013 8000");
    expect(toasts.all.at(-1)?.text).toBe("The number is yours.");
  });

  it("says at the field what to do about a number that is none", async () => {
    answers[GIVE] = [
      refused("bad_field", { fields: { number: "country" } }),
      refused("bad_field", { fields: { number: "no_texts" } }),
      refused("too_fast", { retry_after: 1234 }),
    ];
    render(PhonePart);
    await press("Give a number");
    await giveNumber("13800138000");
    expect((await screen.findByRole("alert")).textContent).toContain("Begin with +");
    await press("Send the code");
    await vi.waitFor(() =>
      expect(screen.getByRole("alert").textContent).toContain("mobile numbers only"),
    );
    await press("Send the code");
    await vi.waitFor(() =>
      expect(screen.getByRole("alert").textContent).toContain("Try again in 21 minutes"),
    );
    expect((await field("Mobile number")).getAttribute("aria-invalid")).toBe("true");
  });

  it("counts wrong codes down and asks for a new one when they are used up", async () => {
    answers["GET /api/me/phone"] = [coming(), coming({ tries_left: 1 }), coming({ tries_left: 0 })];
    answers[CHECK] = [refused("bad_field", { fields: { code: "wrong" } }), refused("closed")];
    render(PhonePart);
    await press("Enter the code");
    const code = await field("The code from the text");
    await userEvent.type(code, "12345{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("six digits");
    expect(times(CHECK)).toHaveLength(0);
    await userEvent.type(code, "6{Enter}");
    await vi.waitFor(() =>
      expect(screen.getByRole("alert").textContent).toContain("This is not the code"),
    );
    await userEvent.type(code, "{Enter}");
    await vi.waitFor(() =>
      expect(screen.getByRole("alert").textContent).toContain("Have another one sent"),
    );
    await vi.waitFor(() =>
      expect((screen.getByText("Confirm") as HTMLButtonElement).disabled).toBe(true),
    );
  });

  it("sends another code when the pause is over, and says how long until then", async () => {
    answers["GET /api/me/phone"] = [coming()];
    render(PhonePart);
    await press("Enter the code");
    const waits = (await screen.findByText(/Another code in (1:00|0:59)/)) as HTMLButtonElement;
    expect(waits.disabled).toBe(true);
    cleanup();
    answers["GET /api/me/phone"] = [coming({}, -1)];
    answers[AGAIN] = [coming()];
    render(PhonePart);
    await press("Enter the code");
    await press("Send another code");
    await screen.findByText(/Another code in/);
    expect(times(AGAIN)).toHaveLength(1);
  });

  it("tells of a number that another account has, and one nothing reaches", async () => {
    answers["GET /api/me/phone"] = [coming(), NONE];
    answers[CHECK] = [refused("conflict", { fields: { number: "taken" } })];
    render(PhonePart);
    await press("Enter the code");
    await userEvent.type(await field("The code from the text"), "123456{Enter}");
    await vi.waitFor(() =>
      expect(screen.getByRole("alert").textContent).toContain("Another account has this number"),
    );
    await press("Another number");
    await field("Mobile number");
    cleanup();
    answers["GET /api/me/phone"] = [coming({ state: "failed" })];
    render(PhonePart);
    await screen.findByText(/Nothing can be sent to \+86 138 0013 8000/);
  });

  it("goes back to the number, not to the code, when the password was wanted for it", async () => {
    answers["GET /api/me/phone"] = [coming()];
    answers[GIVE] = [refused("password"), refused("bad_field", { fields: { number: "invalid" } })];
    render(PhonePart);
    await press("Enter the code");
    await press("Another number");
    await giveNumber("+86 138");
    await userEvent.type(await field("Password"), "teahouse-9{Enter}");
    await field("Mobile number");
    expect((await screen.findByRole("alert")).textContent).toContain("There is no such number");
  });

  it("removes it after the password, and takes back what was only begun", async () => {
    answers["GET /api/me/phone"] = [MINE];
    answers["DELETE /api/me/phone"] = [refused("password"), NONE];
    render(PhonePart);
    await press("Remove the number");
    expect(await screen.findByText(/is then nobody's here/)).toBeTruthy();
    await userEvent.click(
      screen.getAllByRole("button", { name: "Remove the number" }).at(-1) as never,
    );
    await userEvent.type(await field("Password"), "teahouse-9{Enter}");
    await screen.findByText(/You have given none/);
    cleanup();
    answers["GET /api/me/phone"] = [coming()];
    answers["DELETE /api/me/phone/coming"] = [NONE];
    render(PhonePart);
    await press("Never mind");
    await screen.findByText(/You have given none/);
  });

  it("offers nothing where no texts are sent, and looks again when my profile changed", async () => {
    answers["GET /api/me/phone"] = [{ ...NONE, sends: false }, MINE];
    render(PhonePart);
    await screen.findByText(/This server sends no texts/);
    expect(screen.queryByRole("button", { name: "Give a number" })).toBeNull();
    session.me = { person: { id: 7 } } as Me;
    await screen.findByText(NUMBER);
  });

  it("that cannot be loaded can be tried again", async () => {
    answers["GET /api/me/phone"] = [
      new ApiError(0, { code: "unavailable", message: "", retry: true }),
      MINE,
    ];
    render(PhonePart);
    await press("Try again");
    await screen.findByText(NUMBER);
  });
});

describe("asked", () => {
  it("again after a lost answer it is the same question", async () => {
    const lost = new ApiError(0, { code: "unavailable", message: "", retry: true });
    answers[GIVE] = [lost, lost, coming(), coming()];
    const phones = new Phones();
    await expect(phones.give(NUMBER)).rejects.toBe(lost);
    await expect(phones.give("+44 7400 123456")).rejects.toBe(lost);
    await phones.give("+44 7400 123456");
    await phones.give("+44 7400 123456");
    const ids = times(GIVE).map((one) => one.body?.client_id);
    expect(new Set(ids).size).toBe(3);
    expect(ids[1]).toBe(ids[2]);
  });

  it("what was asked for before an act is not shown after it", async () => {
    let answer = (_: PhoneStanding) => {};
    answers["GET /api/me/phone"] = [
      new Promise<PhoneStanding>((resolve) => {
        answer = resolve;
      }),
    ];
    answers[CHECK] = [MINE];
    const phones = new Phones();
    const loading = phones.load();
    await phones.check("123456");
    answer(coming());
    await loading;
    expect(phones.view).toEqual(MINE);
  });
});

describe("in words", () => {
  it("shows times as a clock and finds a code in what was pasted", () => {
    expect([clock(600_000), clock(59_001), clock(5_000), clock(-1)]).toEqual([
      "10:00",
      "1:00",
      "0:05",
      "0:00",
    ]);
    expect([codeIn(" 123-456 "), codeIn("１２３４５６"), codeIn("12345")]).toEqual([
      "123456",
      "123456",
      null,
    ]);
  });

  it("has Chinese words for every refusal", async () => {
    await i18n.use("zh");
    expect(trouble(refused("too_fast", { retry_after: 59.2 })).words).toContain("60 秒");
    expect(trouble(refused("conflict")).words).toContain("另一个账号");
    expect(trouble(refused("closed"))).toEqual({ at: "code", words: i18n.t("phone.over") });
  });
});

describe("countries", () => {
  it("are named in the reader's language", () => {
    const named = (locale: string) => countries(locale).find((one) => one.region === "DE")?.name;
    expect([named("en-GB"), named("zh-CN")]).toEqual(["Germany", "德国"]);
  });

  it("follow the number, and the number follows them", () => {
    const home = homeOf(["eo", "en-CA"]);
    expect(home).toEqual({ region: "CA", code: "1" });
    expect(countryOf("+1 416", home)?.region).toBe("CA");
    expect(countryOf("+1 416")?.region).toBe("US");
    expect(countryOf("＋４４ 7400", home)?.region).toBe("GB");
    expect([countryOf("416"), countryOf("+"), countryOf("+999")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const germany = { region: "DE", code: "49" };
    expect(moved("+1 416 555", home, germany)).toBe("+49 416 555");
    expect(moved("0171 5", undefined, germany)).toBe("+49 0171 5");
    expect(moved("+", undefined, germany)).toBe("+49 ");
  });
});
