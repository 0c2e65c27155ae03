import { cleanup, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { Gathering, GatheringEntry } from "../wire/api";
import type { GatheringAnsweredEvent, GatheringChangedEvent } from "../wire/events";
import GatheringCard from "./GatheringCard.svelte";
import GatheringForm from "./GatheringForm.svelte";
import GatheringPage from "./GatheringPage.svelte";
import GroupEvents from "./GroupEvents.svelte";
import { GatheringList, Gatherings, gatherings } from "./gatherings.svelte";
import { counts, elsewhere, when, wrongWith } from "./words";

const DAY = 86_400_000;
const LIST = "GET /api/groups/{group_id}/gatherings";
const ANSWER = "PUT /api/gatherings/{gathering_id}/answer";

function gathering(id: number, more: Partial<Gathering> = {}): Gathering {
  const at = live.now() + 3 * DAY;
  return {
    id,
    version: 2,
    group_id: 1,
    title: `Walk ${id}`,
    about: "",
    begins: "2030-12-05T19:00",
    ends: null,
    begins_at: at,
    ends_at: null,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    place: "The mill",
    link: "",
    places: null,
    going: 0,
    perhaps: 0,
    waiting: 0,
    cancelled: false,
    ...more,
  };
}

function entry(
  id: number,
  more: Partial<Gathering> = {},
  rest: Partial<GatheringEntry> = {},
): GatheringEntry {
  return {
    gathering: gathering(id, more),
    made_by: null,
    mine: null,
    friends: [],
    may_change: false,
    ...rest,
  };
}

function changed(id: number, more: Partial<Gathering> = {}): GatheringChangedEvent {
  const told = gathering(id, more);
  return {
    topic: "members:1",
    version: told.version,
    key: String(id),
    type: "gathering.changed",
    data: { gathering: told },
  };
}

function answered(
  id: number,
  version: number,
  answer: GatheringEntry["mine"],
): GatheringAnsweredEvent {
  return {
    topic: "user:1",
    version,
    key: String(id),
    type: "gathering.answered",
    data: { gathering_id: id, answer },
  };
}

let answers: Record<string, unknown>;
let asked: { to: string; options: { body?: unknown; params?: { query?: unknown } } }[];

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("scrollTo", () => {});
  asked = [];
  answers = { [LIST]: { entries: [], next: null } };
  for (const method of ["GET", "POST", "PATCH", "PUT"] as const)
    vi.spyOn(api, method).mockImplementation((async (path: string, options: never) => {
      asked.push({ to: `${method} ${path}`, options });
      const said = answers[`${method} ${path}`];
      const answer = await (typeof said === "function" ? said(options) : said);
      if (answer instanceof Error) throw answer;
      return { data: answer };
    }) as never);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("in words", () => {
  it("the counts stand apart, and only what there is", async () => {
    expect(counts(gathering(1))).toBe("0 going");
    expect(counts(gathering(1, { going: 12, perhaps: 3, places: 14 }))).toBe(
      "12 going · 3 perhaps · 2 places left",
    );
    expect(counts(gathering(1, { going: 1, places: 2 }))).toBe("1 going · 1 place left");
    expect(counts(gathering(1, { going: 5, waiting: 2, places: 4 }))).toBe(
      "5 going · 2 waiting · no place left",
    );
    expect(counts(gathering(1, { going: 1, places: 2, cancelled: true }))).toBe("1 going");
    await i18n.use("zh");
    expect(counts(gathering(1, { going: 12, perhaps: 3, places: 14 }))).toBe(
      "12 人参加 · 3 人可能参加 · 还剩 2 个名额",
    );
  });

  it("the time is the reader's, and its own where that is another", () => {
    const at = Date.UTC(2030, 11, 5, 11, 0);
    const one = gathering(1, { begins_at: at, ends_at: at + 7_200_000 });
    expect(when(one, "Asia/Shanghai")).toContain("19:00");
    expect(when(one, "Asia/Shanghai")).toContain("21:00");
    expect(elsewhere(one)).toBeNull();
    const far = { ...one, zone: "Pacific/Kiritimati" };
    expect(elsewhere(far)).toContain("in Pacific/Kiritimati");
    expect(elsewhere({ ...one, zone: "Mars/Olympus" })).toBeNull();
  });

  it("what the server refuses is said at its field", () => {
    expect(wrongWith({ begins: "is past", other: "x" })).toEqual({
      begins: "A time that is still to come, within two years, and that clocks show there.",
    });
  });
});

describe("gatherings", () => {
  it("show the newest of what was loaded and told, whichever came first", () => {
    const all = new Gatherings();
    all.changed(changed(1, { version: 5, going: 4 }));
    all.changed(changed(1, { version: 4, going: 3 }));
    expect(all.now(entry(1)).gathering.going).toBe(4);
    expect(all.now(entry(1, { version: 6, going: 5 })).gathering.going).toBe(5);
    all.answered(answered(1, 3, "waiting"));
    all.answered(answered(1, 5, "going"));
    all.answered(answered(1, 4, "waiting"));
    expect(all.now(entry(1)).mine).toBe("going");
    expect(all.now(entry(1, { version: 6 }, { mine: "not" })).mine).toBe("not");
    all.answered(answered(1, 7, null));
    expect(all.now(entry(1, { version: 6 }, { mine: "going" })).mine).toBeNull();
  });

  it("a new one is loaded once, and one that was moved takes its place", async () => {
    const soon = live.now() + DAY;
    answers[LIST] = { entries: [entry(21), entry(22, { begins_at: soon })], next: null };
    const list = new GatheringList(1);
    await list.load();
    expect(list.next.map((one) => one.gathering.id)).toEqual([22, 21]);
    gatherings.changed(changed(22, { version: 9, begins_at: live.now() + 9 * DAY }));
    expect(list.next.map((one) => one.gathering.id)).toEqual([21, 22]);
    gatherings.changed(changed(23));
    expect(list.unknown).toContain(23);
    const before = asked.length;
    await list.seek();
    await list.seek();
    expect(asked.length).toBe(before + 1);
  });
});

describe("a card", () => {
  it("says what I pressed at once, and what became of it", async () => {
    const onchange = vi.fn();
    const waiting = entry(31, { places: 1, going: 1, waiting: 1, version: 3 }, { mine: "waiting" });
    let done: (value: unknown) => void = () => {};
    answers[ANSWER] = () => new Promise((resolve) => (done = resolve));
    const { rerender } = render(GatheringCard, {
      entry: entry(31, { places: 1, going: 1 }),
      onchange,
    });
    const button = screen.getByRole("button", { name: "Wait for a place" });
    await userEvent.click(button);
    expect(screen.getByRole("button", { pressed: true }).textContent).toBe("Going");
    done(waiting);
    await vi.waitFor(() => expect(onchange).toHaveBeenCalledWith(waiting));
    await rerender({ entry: waiting, onchange });
    expect(
      screen.getByText("You wait for a place. When one comes free you are told."),
    ).toBeTruthy();
    expect(asked.at(-1)?.options.body).toEqual({ answer: "going" });
  });

  it("takes back what could not be said, and says why", async () => {
    answers[ANSWER] = new ApiError(409, { code: "closed", message: "", retry: false });
    render(GatheringCard, { entry: entry(32), onchange: () => {} });
    await userEvent.click(screen.getByRole("button", { name: "Perhaps" }));
    expect(toasts.all.at(-1)?.text).toContain("That did not work.");
    expect(screen.queryByRole("button", { pressed: true })).toBeNull();
  });

  it("of one that is cancelled or has begun asks nothing", async () => {
    const { rerender } = render(GatheringCard, {
      entry: entry(33, { cancelled: true }, { may_change: true }),
      onchange: () => {},
    });
    expect(screen.getByText("Cancelled")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Going" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Add to calendar" })).toBeNull();
    const begun = { begins_at: live.now() - 1_000, ends_at: live.now() + DAY };
    await rerender({
      entry: entry(33, begun, { mine: "going", may_change: true }),
      onchange: () => {},
    });
    expect(screen.getByText("Now")).toBeTruthy();
    expect(screen.getByText("You are going.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /What can be done/ })).toBeNull();
  });

  it("is cancelled after asking twice", async () => {
    const onchange = vi.fn();
    answers["PUT /api/gatherings/{gathering_id}/cancelled"] = entry(34, { cancelled: true });
    render(GatheringCard, { entry: entry(34, {}, { may_change: true }), onchange });
    await userEvent.click(screen.getByRole("button", { name: "What can be done with Walk 34" }));
    await userEvent.click(await screen.findByText("Cancel the event"));
    const sure = await screen.findByRole("dialog", { name: "Cancel Walk 34?" });
    expect(asked).toEqual([]);
    await userEvent.click(within(sure).getByRole("button", { name: "Cancel the event" }));
    expect(onchange).toHaveBeenCalledOnce();
  });
});

describe("the form", () => {
  it("says what is missing before it asks, and what the server refuses at its field", async () => {
    const ondone = vi.fn();
    render(GatheringForm, { group: 1, ondone });
    await userEvent.click(screen.getByRole("button", { name: "Propose an event" }));
    expect(screen.getByText("Up to 120 characters, and some that can be seen.")).toBeTruthy();
    expect(screen.getByText("A place or a link, so that people can come.")).toBeTruthy();
    expect(asked).toEqual([]);
    await userEvent.type(screen.getByLabelText("What it is called"), "Walk");
    await userEvent.type(screen.getByLabelText("Place"), "The mill");
    await userEvent.type(screen.getByLabelText("How many can come"), "12");
    answers["POST /api/groups/{group_id}/gatherings"] = new ApiError(422, {
      code: "bad_field",
      message: "",
      retry: false,
      fields: { zone: "no time zone is called so" },
    });
    await userEvent.click(screen.getByRole("button", { name: "Propose an event" }));
    expect(await screen.findByText("A time zone such as Asia/Shanghai.")).toBeTruthy();
    answers["POST /api/groups/{group_id}/gatherings"] = entry(41);
    await userEvent.click(screen.getByRole("button", { name: "Propose an event" }));
    await vi.waitFor(() => expect(ondone).toHaveBeenCalledOnce());
    const bodies = asked.map((one) => one.options.body as { client_id: string; places: number });
    expect(new Set(bodies.map((one) => one.client_id)).size).toBe(1);
    expect(bodies.at(-1)?.places).toBe(12);
  });
});

describe("the part of a group's page", () => {
  it("shows a few, all of them when asked, and what is over on demand", async () => {
    const many = [1, 2, 3, 4].map((n) => entry(50 + n, { begins_at: live.now() + n * DAY }));
    answers[LIST] = (options: { params: { query: { when: string } } }) =>
      options.params.query.when === "past"
        ? { entries: [entry(59, { begins_at: live.now() - DAY })], next: null }
        : { entries: many, next: null };
    render(GroupEvents, { group: 1, archived: false, attempt: async () => {} });
    await screen.findByText("Walk 51");
    expect(screen.queryByText("Walk 54")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show all events" }));
    expect(screen.getByText("Walk 54")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Past events" }));
    expect(await screen.findByText("Walk 59")).toBeTruthy();
    expect(screen.getByText("Over")).toBeTruthy();
  });

  it("counts move on as they are told", async () => {
    answers[LIST] = { entries: [entry(61)], next: null };
    render(GroupEvents, { group: 1, archived: true, attempt: async () => {} });
    await screen.findByText("0 going");
    gatherings.changed(changed(61, { version: 3, going: 1 }));
    expect(await screen.findByText("1 going")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "New event" })).toBeNull();
  });

  it("says when it could not be loaded, and loads again", async () => {
    answers[LIST] = new ApiError(500, { code: "internal", message: "", retry: false });
    render(GroupEvents, { group: 1, archived: false, attempt: async () => {} });
    answers[LIST] = { entries: [], next: null };
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByText(/No events to come\. Propose one/)).toBeTruthy();
  });
});

describe("the page of one", () => {
  it("is nothing to whoever may not see it", async () => {
    answers["GET /api/gatherings/{gathering_id}"] = new ApiError(404, {
      code: "not_found",
      message: "",
      retry: false,
    });
    render(GatheringPage, { id: "71" });
    expect(await screen.findByText("This is not here")).toBeTruthy();
  });

  it("has its people a list at a time", async () => {
    answers["GET /api/gatherings/{gathering_id}"] = entry(72, { going: 1, perhaps: 1 });
    answers["GET /api/gatherings/{gathering_id}/people"] = { people: [], next: null };
    render(GatheringPage, { id: "72" });
    await userEvent.click(await screen.findByRole("button", { name: "1 going · 1 perhaps" }));
    const people = await screen.findByRole("dialog", { name: "Who is coming" });
    await userEvent.click(within(people).getByRole("button", { name: "Perhaps" }));
    await within(people).findByText("Nobody yet.");
    expect(asked.at(-1)?.options.params?.query).toEqual({ answer: "perhaps" });
  });
});
