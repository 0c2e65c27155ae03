import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { badges } from "../app/badges.svelte";
import { router } from "../app/router.svelte";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { toasts } from "../ui/toasts.svelte";
import type { GroupCard, GroupLine, GroupPage } from "../wire/api";
import type { GroupTiedEvent } from "../wire/events";
import GroupPageView from "./GroupPage.svelte";
import GroupsPage from "./GroupsPage.svelte";
import { GroupStore } from "./group.svelte";
import { Groups, groups } from "./groups.svelte";
import { questionsOf, topicsOf } from "./words";

const offline = new ApiError(0, { code: "unavailable", message: "", retry: true });
const missing = new ApiError(404, { code: "not_found", message: "", retry: false });

function card(id: number, more: Partial<GroupCard> = {}): GroupCard {
  return {
    id,
    name: `Group ${id}`,
    about: "",
    entry: "request",
    topics: [],
    cover: null,
    member_count: 3,
    archived: false,
    version: 1,
    ...more,
  };
}

function line(
  id: number,
  standing: GroupLine["standing"],
  more: Partial<GroupCard> = {},
): GroupLine {
  return { group: card(id, more), standing, role: standing === "member" ? "member" : null };
}

function page(id: number, more: Partial<GroupPage> = {}): GroupPage {
  return {
    group: card(id),
    rules: "Be kind.",
    questions: ["Why?"],
    history: "whole",
    since: 0,
    owner: null,
    standing: "none",
    role: null,
    invited_by: null,
    waiting: 0,
    head: 1,
    epoch: "e",
    ...more,
  };
}

function tied(group_id: number, told: GroupLine | null): GroupTiedEvent {
  return { topic: "user:1", number: 1, type: "group.tied", data: { group_id, line: told } };
}

/** What the server answers next; an error is thrown. */
let answers: Record<string, unknown>;
let asked: { to: string; body: unknown }[];

beforeEach(async () => {
  await i18n.use("en");
  vi.stubGlobal("scrollTo", () => {});
  asked = [];
  answers = {
    "GET /api/me/groups": { groups: [], head: 1, epoch: "e" },
    "GET /api/groups": { groups: [], next: null },
  };
  for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"] as const)
    vi.spyOn(api, method).mockImplementation((async (
      path: string,
      options?: { body?: unknown },
    ) => {
      asked.push({ to: `${method} ${path}`, body: options?.body });
      const answer = await answers[`${method} ${path}`];
      if (answer instanceof Error) throw answer;
      return { data: answer };
    }) as never);
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  router.go("/");
});

describe("my groups", () => {
  it("follow what is told, and an invitation is counted and said", () => {
    const mine = new Groups();
    mine.tied(tied(1, line(1, "invited")));
    expect(mine.invited.map((one) => one.group.id)).toEqual([1]);
    expect(badges.groups).toBe(1);
    expect(toasts.all.at(-1)?.text).toBe("You are invited to Group 1");
    mine.tied(tied(1, line(1, "member")));
    expect([mine.invited.length, mine.joined.length, badges.groups]).toEqual([0, 1, 0]);
    mine.tied(tied(1, null));
    expect(mine.mine).toEqual([]);
    mine.tied(tied(2, line(2, "banned")));
    expect(mine.mine).toEqual([]);
  });

  it("show the newest name and count, whichever came first", () => {
    const mine = new Groups();
    const event = (version: number, member_count: number) =>
      mine.changed({
        topic: "group:1",
        version,
        type: "group.changed",
        data: { group: card(1, { version, member_count }) },
      });
    event(5, 9);
    event(4, 8);
    mine.tied(tied(1, line(1, "member", { version: 3, member_count: 7 })));
    expect(mine.mine[0]?.group.member_count).toBe(9);
    mine.tied(tied(1, line(1, "member", { version: 6, member_count: 10 })));
    expect(mine.mine[0]?.group.member_count).toBe(10);
  });
});

describe("a group's page", () => {
  it("asks again when my standing was told while it was being read", async () => {
    answers["GET /api/groups/{group_id}"] = new Promise((done) =>
      setTimeout(() => {
        answers["GET /api/groups/{group_id}"] = page(7, { standing: "member", role: "member" });
        groups.tied(tied(7, line(7, "member")));
        done(page(7));
      }),
    );
    const store = new GroupStore(7);
    await store.load();
    expect(store.page?.standing).toBe("member");
  });

  it("keeps what it shows without a line, and not what is mine no longer", async () => {
    const store = new GroupStore(8);
    answers["GET /api/groups/{group_id}"] = page(8);
    await store.load();
    answers["GET /api/groups/{group_id}"] = offline;
    await store.load();
    expect(store.page?.group.id).toBe(8);
    answers["GET /api/groups/{group_id}"] = missing;
    await store.load();
    expect(store.page).toBeNull();
  });

  it("of a hidden one says what it says of one that is not there", async () => {
    answers["GET /api/groups/{group_id}"] = missing;
    render(GroupPageView, { id: "9" });
    expect(await screen.findByText("This is not here")).toBeTruthy();
  });

  it("asks the questions before one asks to come in", async () => {
    answers["GET /api/groups/{group_id}"] = page(10);
    answers["POST /api/groups/{group_id}/join"] = line(10, "asked");
    render(GroupPageView, { id: "10" });
    await userEvent.click(await screen.findByRole("button", { name: "Ask to join" }));
    const field = await screen.findByLabelText("Why?");
    const button = screen
      .getAllByRole("button", { name: "Ask to join" })
      .at(-1) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    await userEvent.type(field, "For the light");
    await userEvent.click(button);
    expect(asked.at(-1)).toEqual({
      to: "POST /api/groups/{group_id}/join",
      body: { answers: ["For the light"] },
    });
  });

  it("of an owner loads who asks and who is banned", async () => {
    answers["GET /api/groups/{group_id}"] = page(11, {
      standing: "member",
      role: "owner",
      waiting: 1,
    });
    const person = { id: 5, username: "bo", name: "Bo", face: null };
    answers["GET /api/groups/{group_id}/members"] = { members: [], next: null };
    answers["GET /api/groups/{group_id}/bans"] = { people: [] };
    answers["GET /api/groups/{group_id}/rooms"] = {
      rooms: [
        { id: 3, title: "Talk", member_count: 1, slow_seconds: 60, mine: false, active_at: 0 },
      ],
    };
    answers["GET /api/groups/{group_id}/requests"] = {
      requests: [{ person, answers: ["Because"], since: 0 }],
      waiting: 1,
    };
    render(GroupPageView, { id: "11" });
    expect(await screen.findByText("Because")).toBeTruthy();
    expect(screen.getByText("1 person · one message every 1 min")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Come in Talk" }));
    expect(asked.some((one) => one.to.endsWith("/rooms/{room_id}/join"))).toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "Let in Bo" }));
    expect(asked.some((one) => one.to === "PUT /api/groups/{group_id}/requests/{other_id}")).toBe(
      true,
    );
  });
});

describe("the page of groups", () => {
  it("says that it failed, and that there is no line", async () => {
    answers["GET /api/groups"] = offline;
    render(GroupsPage);
    expect(await screen.findByText("No connection")).toBeTruthy();
  });

  it("is never empty without saying what to do", async () => {
    render(GroupsPage);
    expect(await screen.findByText("You are in no group yet")).toBeTruthy();
    expect(await screen.findByText("No other groups yet")).toBeTruthy();
  });

  it("makes one by the keyboard, once", async () => {
    answers["POST /api/groups"] = page(12);
    render(GroupsPage);
    await userEvent.click(await screen.findByRole("button", { name: "New" }));
    await userEvent.type(await screen.findByLabelText("Name"), "Old lenses");
    await userEvent.type(screen.getByLabelText("Topics"), "leica，#film{Enter}");
    const made = asked.filter((one) => one.to === "POST /api/groups");
    expect(made).toHaveLength(1);
    expect(made[0]?.body).toMatchObject({
      name: "Old lenses",
      entry: "open",
      topics: ["leica", "film"],
      cover_id: null,
    });
    expect(router.path).toBe("/groups/12");
  });
});

describe("what is typed", () => {
  it("is topics by commas of any kind and questions by lines", () => {
    expect(topicsOf(" #tea,茶、 咖啡，, ")).toEqual(["tea", "茶", "咖啡"]);
    expect(questionsOf("Why?\n\n Since when? ")).toEqual(["Why?", "Since when?"]);
  });
});
