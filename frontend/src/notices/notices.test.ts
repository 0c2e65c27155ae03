import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import type { DeliveryView, NoticePage, NoticeView, Unread } from "../wire/api";
import NoticeSettingsPage from "./NoticeSettingsPage.svelte";
import NoticesPage from "./NoticesPage.svelte";
import { Notices, notices } from "./notices.svelte";
import { minutes, timeOf, zones } from "./times";
import { muteWords, path, sentence, who, words } from "./words";

function line(number: number, more: Partial<NoticeView> = {}): NoticeView {
  return {
    id: number,
    number,
    kind: "comment",
    subject: 100 + number,
    room_id: null,
    people: [{ id: 7, username: "li", name: "Li", face: null }],
    others: 0,
    more: false,
    about: "A lantern",
    said: "how nice",
    at: Date.now(),
    ...more,
  };
}

const page = (lines: NoticeView[], read: number, next: string | null = null): NoticePage => ({
  notices: lines,
  next,
  last: Math.max(0, ...lines.map(({ number }) => number)),
  read,
});

const counted = (unread: number, last: number, read: number): Unread => ({
  unread,
  more: false,
  last,
  read,
});

/** What the server answers, by "METHOD path"; an error is thrown. */
let answers: Record<string, unknown>;
let asked: string[];

beforeEach(async () => {
  await i18n.use("en");
  asked = [];
  answers = {};
  for (const method of ["GET", "POST", "PUT", "DELETE"] as const)
    vi.spyOn(api, method).mockImplementation((async (where: string) => {
      asked.push(`${method} ${where}`);
      const answer = await answers[`${method} ${where}`];
      if (answer instanceof Error) throw answer;
      return { data: answer };
    }) as never);
  notices.lines = [];
  notices.next = null;
  notices.phase = "loading";
  notices.error = null;
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the count", () => {
  it("is asked for when something is new, once for several events", async () => {
    vi.useFakeTimers();
    const store = new Notices();
    answers["GET /api/notices/unread"] = counted(2, 2, 0);
    store.told(1, 0);
    store.told(2, 0);
    await vi.runAllTimersAsync();
    expect([store.unread, asked.length]).toEqual([2, 1]);
  });

  it("is none at once when another tab has read everything, and nothing is asked", async () => {
    vi.useFakeTimers();
    const store = new Notices();
    answers["GET /api/notices/unread"] = counted(2, 2, 0);
    await store.count();
    asked = [];
    store.told(2, 2);
    expect(store.unread).toBe(0);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
  });

  it("does not believe an answer that is older than an event", async () => {
    const store = new Notices();
    let comes: (view: Unread) => void = () => {};
    answers["GET /api/notices/unread"] = new Promise((resolve) => {
      comes = resolve;
    });
    const asking = store.count();
    store.told(2, 2);
    comes(counted(2, 2, 0));
    await asking;
    expect(store.unread).toBe(0);
  });
});

describe("the page", () => {
  it("shows what is new as new, and says that it was read", async () => {
    answers["GET /api/notices"] = page([line(3), line(2)], 2);
    answers["POST /api/notices/read"] = counted(0, 3, 3);
    render(NoticesPage);
    await screen.findAllByText("Li commented on your post");
    expect(screen.getAllByText("Not read yet.", { exact: false }).length).toBe(1);
    expect(asked).toContain("POST /api/notices/read");
    expect(screen.getByText("One new notice")).toBeTruthy();
  });

  it("that holds nothing says what will stand there", async () => {
    answers["GET /api/notices"] = page([], 0);
    render(NoticesPage);
    await screen.findByText("Nothing yet");
  });

  it("that did not load can be asked for again", async () => {
    answers["GET /api/notices"] = new ApiError(500, { code: "internal", message: "", retry: true });
    render(NoticesPage);
    await screen.findByRole("alert");
    answers["GET /api/notices"] = page([], 0);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("Nothing yet");
  });

  it("says that there is no connection when there is none", async () => {
    const away = new ApiError(0, { code: "unavailable", message: "", retry: true });
    answers["GET /api/notices"] = away;
    render(NoticesPage);
    await screen.findByText("No connection");
  });

  it("says why, and mutes", async () => {
    answers["GET /api/notices"] = page([line(2), line(1, { kind: "like" })], 2);
    render(NoticesPage);
    const about = await screen.findByRole("button", { name: /commented on your post/ });
    await userEvent.click(about);
    await screen.findByText(/This is your post: you are told what others say/);
    await userEvent.click(screen.getByRole("button", { name: "No more about this post" }));
    await tick();
    expect(asked).toContain("PUT /api/notices/mutes/{kind}/{subject}");
    expect(screen.queryByText("Li commented on your post")).toBeNull();
    expect(screen.getByText("Li liked your post")).toBeTruthy();
  });

  it("shows older ones below", async () => {
    answers["GET /api/notices"] = page([line(9)], 9, "more");
    render(NoticesPage);
    const older = await screen.findByRole("button", { name: "Show older ones" });
    answers["GET /api/notices"] = page([line(8, { kind: "like" })], 9);
    await userEvent.click(older);
    await screen.findByText("Li liked your post");
    expect(screen.getByText("Li commented on your post")).toBeTruthy();
  });
});

const reach: DeliveryView = {
  mail: true,
  can_mail: true,
  address: "li@example.org",
  zone: "UTC",
  quiet_from: null,
  quiet_to: null,
  digest_at: null,
  push_key: "BCVxsr7N",
  kinds: [
    { kind: "comment", page: true, mail: true, push: true },
    { kind: "like", page: true, mail: false, push: false },
  ],
};

describe("the settings", () => {
  beforeEach(() => {
    answers["GET /api/notices/settings"] = reach;
    answers["GET /api/notices/mutes"] = {
      mutes: [{ kind: "comment", subject: 7, about: "A lantern" }],
    };
  });

  it("switch a kind off here and so by letter, or by letter alone", async () => {
    render(NoticeSettingsPage);
    await userEvent.click(await screen.findByLabelText("Likes of my posts: Letter"));
    expect(asked).toContain("PUT /api/notices/settings/{kind}/{way}");
    await userEvent.click(screen.getByLabelText("Comments on my posts: Here"));
    expect(asked).toContain("PUT /api/notices/mutes/{kind}/{subject}");
    const letter = screen.getByLabelText("Comments on my posts: Letter") as HTMLInputElement;
    expect([letter.checked, letter.disabled]).toEqual([false, true]);
  });

  it("stand as they were when the server says no", async () => {
    answers["PUT /api/notices/settings/{kind}/{way}"] = new ApiError(503, {
      code: "unavailable",
      message: "",
      retry: true,
    });
    render(NoticeSettingsPage);
    const box = (await screen.findByLabelText("Likes of my posts: Letter")) as HTMLInputElement;
    await userEvent.click(box);
    await tick();
    expect(box.checked).toBe(false);
  });

  it("know quiet hours and a digest, where this browser is", async () => {
    answers["PUT /api/notices/settings"] = { ...reach, quiet_from: 1320, quiet_to: 420 };
    render(NoticeSettingsPage);
    await userEvent.click(await screen.findByRole("checkbox", { name: /Quiet hours/ }));
    const from = (await screen.findByLabelText("From")) as HTMLInputElement;
    expect([from.value, (screen.getByLabelText("To") as HTMLInputElement).value]).toEqual([
      "22:00",
      "07:00",
    ]);
  });

  it("push to this browser once it may, under our key, and end it", async () => {
    const ended = vi.fn(async () => true);
    const there = {
      endpoint: "https://push.example/a",
      toJSON: () => ({
        endpoint: "https://push.example/a",
        keys: { p256dh: "key", auth: "secret" },
      }),
      unsubscribe: ended,
    };
    let current: typeof there | null = null;
    const subscribe = vi.fn(async () => {
      current = there;
      return there;
    });
    const worker = { pushManager: { getSubscription: async () => current, subscribe } };
    vi.stubGlobal("PushManager", class {});
    vi.stubGlobal("Notification", {
      permission: "default",
      requestPermission: async () => "granted",
    });
    Object.defineProperty(navigator, "serviceWorker", {
      configurable: true,
      value: {
        register: async () => worker,
        ready: Promise.resolve(worker),
        getRegistration: async () => worker,
      },
    });
    render(NoticeSettingsPage);
    const box = (await screen.findByRole("checkbox", {
      name: /Push to this browser/,
    })) as HTMLInputElement;
    await vi.waitFor(() => expect(box.disabled).toBe(false));
    await userEvent.click(box);
    await vi.waitFor(() => expect(asked).toContain("POST /api/notices/push"));
    expect(subscribe).toHaveBeenCalledWith({
      userVisibleOnly: true,
      applicationServerKey: "BCVxsr7N",
    });
    await userEvent.click(box);
    await vi.waitFor(() => expect(asked).toContain("POST /api/notices/push/end"));
    expect(ended).toHaveBeenCalled();
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, "serviceWorker");
  });

  it("say why no letters come", async () => {
    answers["GET /api/notices/settings"] = { ...reach, address: null };
    render(NoticeSettingsPage);
    await screen.findByText(/Letters need an address of yours that is confirmed/);
  });

  it("let a single thing be heard of again", async () => {
    render(NoticeSettingsPage);
    await userEvent.click(await screen.findByRole("button", { name: /Hear of it again/ }));
    await screen.findByText(/Nothing. You can mute/);
  });

  it("read times of the day", () => {
    expect([timeOf(0), timeOf(1439), minutes("07:05"), minutes("")]).toEqual([
      "00:00",
      "23:59",
      425,
      null,
    ]);
    expect(zones("Mars/Base")).toContain("Mars/Base");
  });
});

describe("in words", () => {
  const people = ["Li", "Mei", "Bo"].map((name, id) => ({ id, username: name, name, face: null }));

  it("names those who did it", () => {
    expect(who(line(1, { people: people.slice(0, 1) }))).toBe("Li");
    expect(who(line(1, { people: people.slice(0, 2) }))).toBe("Li and Mei");
    expect(who(line(1, { people, others: 1 }))).toBe("Li and 3 others");
    expect(who(line(1, { people, others: 17, more: true }))).toBe("Li and 19 or more others");
    expect(who(line(1, { people: [], others: 1 }))).toBe("1 person");
  });

  it("says it in both languages", async () => {
    const named = line(1, { kind: "room.mention", subject: 4, room_id: 4, about: "Dumplings" });
    expect(sentence(named)).toBe("Li mentioned you in Dumplings");
    expect([path(named), words(named)]).toEqual(["/chats/4", "how nice"]);
    await i18n.use("zh");
    expect(sentence(named)).toBe("Li 在Dumplings里提到了你");
    expect(sentence(line(1, { people, others: 1 }))).toBe("Li 和另外 3 人 评论了你的动态");
  });

  it("leads to the thing", () => {
    expect(path(line(1, { kind: "friend.asked", subject: 7 }))).toBe("/people/7");
    expect(path(line(1, { kind: "vote.closed", subject: 5 }))).toBe("/votes/5");
    const asks = line(1, { kind: "group.asked", subject: 6, about: "Tea", said: "" });
    expect(path(asks)).toBe("/groups/6");
    expect(words(asks)).toBe("");
    expect(muteWords(asks)).toBe("No more about this group");
    expect(path(line(1, { kind: "reaction", subject: 5, room_id: 2 }))).toBe("/chats/2");
  });
});
