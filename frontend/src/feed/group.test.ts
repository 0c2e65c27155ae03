import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { groups } from "../groups/groups.svelte";
import { groupHandlers } from "../groups/handlers";
import { api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import type { FeedPage, GroupLine, Post, PostEntry } from "../wire/api";
import Audience from "./Audience.svelte";
import type { Wanted } from "./audiences";
import { feeds } from "./feeds.svelte";
import { feedHandlers } from "./handlers";
import { posts } from "./posts.svelte";
import { entry, post } from "./testworld";

const ME = 1;
const BO = 8;
const GROUP = 77;
const TOPIC = `members:${GROUP}`;

const within = (id: number, author = BO, change: Partial<Post> = {}): PostEntry => ({
  ...entry(id, author),
  post: post(id, author, { audience: "group", group: { id: GROUP, name: "Lanterns" }, ...change }),
});
const page = (entries: PostEntry[], heads = {}): FeedPage => ({
  entries,
  next: null,
  pinned: null,
  heads,
  epoch: "e",
});
const line = (id: number, name: string, archived = false): GroupLine => ({
  group: {
    id,
    name,
    about: "",
    entry: "open",
    topics: [],
    cover: null,
    member_count: 2,
    archived,
    version: 1,
  },
  standing: "member",
  role: "member",
});

/** What the server answers, by path. */
let answers: Record<string, unknown>;

beforeEach(() => {
  feeds.me = ME;
  vi.spyOn(live, "watch").mockReturnValue(() => {});
  vi.spyOn(api, "GET").mockImplementation((async (path: string) => {
    const data = answers[path];
    if (!data) throw new Error("not_found");
    return { data, response: new Response() };
  }) as never);
});
afterEach(() => {
  feeds.friends.feed.clear();
  feeds.inGroup(GROUP).feed.clear();
  posts.clear();
  cleanup();
  vi.restoreAllMocks();
});

const ids = (entries: readonly PostEntry[]) => entries.map((one) => one.post.id);

describe("the posts of a group", () => {
  const { feed } = feeds.inGroup(GROUP);
  const withheld = (post_id: number) =>
    ({ topic: TOPIC, number: 9, type: "post.withheld", data: { post_id, turn: 0 } }) as const;

  beforeEach(async () => {
    answers = {
      "/api/feed": page([within(3), within(2, ME), entry(1, BO)], { [TOPIC]: 4 }),
      "/api/groups/{group_id}/posts": page([within(3), within(2, ME)], { [TOPIC]: 4 }),
    };
    await feeds.friends.load();
    await feeds.inGroup(GROUP).load();
  });

  it("go with the group, at home too, but what is mine", () => {
    const watches = vi.mocked(live.watch).mock.calls;
    watches.find(([topic]) => topic === TOPIC)?.[1]?.onGone?.();
    expect(ids(feeds.friends.feed.visible)).toEqual([2, 1]);
    expect(feed.visible).toEqual([]);
  });

  it("are asked for where their words are withheld, and shown to those who may read them", async () => {
    answers["/api/posts/{post_id}"] = within(5);
    feedHandlers["post.withheld"](withheld(5));
    await vi.waitFor(() => expect(ids(feeds.friends.feed.waiting)).toEqual([5]));
    expect(ids(feed.waiting)).toEqual([5]);
    delete answers["/api/posts/{post_id}"];
    feedHandlers["post.withheld"](withheld(6));
    await new Promise((after) => setTimeout(after));
    expect(ids(feed.waiting)).toEqual([5]);
  });

  it("that were hidden stand on the group's page for those who decide, and nowhere else", async () => {
    answers["/api/posts/{post_id}"] = within(3, BO, { audience: "held", turn: 1 });
    await feeds.again(3);
    expect(ids(feed.visible)).toEqual([3, 2]);
    expect(ids(feeds.friends.feed.visible)).toEqual([2, 1]);
  });

  it("wait at home as soon as one is in", async () => {
    answers["/api/groups/{group_id}/posts"] = page([within(7), within(3)], { [TOPIC]: 9 });
    groupHandlers["group.tied"]({
      topic: `user:${ME}`,
      number: 3,
      type: "group.tied",
      data: { group_id: GROUP, line: line(GROUP, "Lanterns") },
    });
    await vi.waitFor(() => expect(ids(feeds.friends.feed.waiting)).toEqual([7]));
  });
});

describe("the chooser", () => {
  let chosen: Wanted | undefined;
  const show = (value: Wanted, made?: number | null) =>
    render(Audience, {
      value,
      onchange: (wanted: Wanted) => (chosen = wanted),
      ...(made === undefined ? {} : { made }),
    });

  beforeEach(async () => {
    chosen = undefined;
    answers = {
      "/api/lists": { lists: [], head: 0, epoch: "e" },
      "/api/me/groups": {
        groups: [line(5, "Old", true), line(6, "Lanterns"), line(7, "Tea")],
        head: 0,
        epoch: "e",
      },
    };
    await i18n.use("en");
    await groups.load();
  });

  it("offers the groups that are alive, by name", async () => {
    show("friends");
    screen.getByLabelText("A group").focus();
    await userEvent.keyboard(" ");
    expect(chosen).toEqual({ group_id: 6 });
    cleanup();
    show({ group_id: 6 });
    expect(screen.queryByRole("option", { name: "Old" })).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText("Which group"), "7");
    expect(chosen).toEqual({ group_id: 7 });
  });

  it("leaves a post of a group to the group or to its author", () => {
    show({ group_id: 6 }, 6);
    expect(screen.getAllByRole("radio")).toEqual([
      screen.getByLabelText("Only me"),
      screen.getByLabelText("A group"),
    ]);
    cleanup();
    show("friends", null);
    expect(screen.queryByLabelText("A group")).toBeNull();
  });

  it("is for nobody when one is out of the group", async () => {
    show({ group_id: 99 });
    await vi.waitFor(() => expect(chosen).toBe("me"));
  });
});
