import { cleanup, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { session } from "../account/session.svelte";
import { posts } from "../feed/posts.svelte";
import { entry, person } from "../feed/testworld";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import { flush } from "../ui/later";
import { toasts } from "../ui/toasts.svelte";
import type { OwnActivity, SharedPage as Page, SharedThing } from "../wire/api";
import { waiting } from "./activities.svelte";
import SharedPage from "./SharedPage.svelte";
import { Week } from "./week.svelte";

const ME = 1;

function thing(id: number, change: Partial<SharedThing> = {}): SharedThing {
  return {
    kind: "post",
    id,
    at: 1_000_000 - id,
    text: `Post ${id}`,
    audience: "friends",
    list_name: null,
    post: entry(id, ME),
    poll: null,
    room: null,
    message_id: null,
    group: null,
    activity: null,
    undo: true,
    ...change,
  };
}

function activity(id: number, change: Partial<OwnActivity> = {}): OwnActivity {
  return {
    activity: {
      id,
      kind: "vote",
      person: person(ME),
      item: null,
      poll: { id: 5, question: "Tea?" },
      group: null,
      audience: "friends",
      at: 500,
    },
    state: "shown",
    list_name: null,
    due_at: 500,
    seen_by: 3,
    ...change,
  };
}

const page = (things: SharedThing[], change: Partial<Page> = {}): Page => ({
  things,
  since: 100,
  earlier: null,
  next: null,
  ...change,
});

let answers: (Page | Error)[];
let asked: unknown[];
let deleted: string[];

beforeEach(async () => {
  await i18n.use("en");
  session.me = { person: person(ME) } as never;
  answers = [];
  asked = [];
  deleted = [];
  vi.spyOn(api, "GET").mockImplementation((async (
    path: string,
    { params }: { params: { query: unknown } } = { params: { query: {} } },
  ) => {
    if (path !== "/api/me/shared") return { data: { lists: [], head: 0, viewers: [], next: null } };
    asked.push(params.query);
    const answer = answers.shift() ?? page([]);
    if (answer instanceof Error) throw answer;
    return { data: answer };
  }) as never);
  vi.spyOn(api, "DELETE").mockImplementation((async (path: string) => {
    deleted.push(path);
    return {};
  }) as never);
});

afterEach(() => {
  flush();
  cleanup();
  posts.clear();
  toasts.all = [];
  waiting.all = [];
  vi.restoreAllMocks();
});

it("keeps its place when it is loaded again, and asks on by the cursor alone", async () => {
  const week = new Week();
  answers = [page([thing(9), thing(8)], { next: "c" }), page([thing(7)])];
  await week.load();
  await week.extend();
  expect(week.told.map(({ id }) => id)).toEqual([9, 8, 7]);
  answers = [page([thing(10), thing(9)], { next: "d" }), page([thing(8), thing(7)], { next: "e" })];
  await week.load();
  expect(week.told.map(({ id }) => id)).toEqual([10, 9, 8, 7]);
  expect(week.next).toBe("e");
  expect(asked).toEqual([{}, { cursor: "c" }, {}, { cursor: "d" }]);
});

it("goes to the week before and back", async () => {
  const week = new Week();
  answers = [page([thing(9)], { since: 700, earlier: 700 }), page([], { since: 0 })];
  await week.load();
  expect(week.latest).toBe(true);
  await week.goEarlier();
  expect([week.latest, week.told.length, week.earlier]).toEqual([false, 0, null]);
  await week.goLater();
  expect(week.latest).toBe(true);
  expect(asked).toEqual([{}, { until: 700 }, {}]);
});

it("believes the answer to the last question only", async () => {
  const week = new Week();
  answers = [page([thing(1)]), page([thing(2)])];
  await Promise.all([week.load(), week.load()]);
  expect(week.told.map(({ id }) => id)).toEqual([2]);
});

it("shows what was told with who sees it now, and what waits apart from it", async () => {
  const group = { id: 4, name: "Old lenses" };
  answers = [
    page([
      thing(1, { kind: "activity", post: null, activity: activity(7) }),
      thing(2, { kind: "activity", post: null, activity: activity(8, { state: "waiting" }) }),
      thing(3, { kind: "comment", text: "nice", post: entry(3, 2) }),
      thing(4, { kind: "group", post: null, group: group as never, undo: false }),
      thing(5, { kind: "comment", text: "lost", audience: null, post: null }),
    ]),
  ];
  const due_at = Date.now() + 30_000;
  waiting.all = [activity(8, { state: "waiting", due_at })];
  render(SharedPage);
  const queue = await screen.findByRole("region", { name: "Not told yet" });
  within(queue).getByText(/Friends will see it in/);
  const told = await screen.findByRole("region", { name: "The last seven days" });
  within(told).getByText("Seen by: Friends of Person 2");
  within(told).getByText("Seen by: The members of Old lenses");
  within(told).getByText("Seen by: Whoever sees a place that you do not see any more");
  within(told).getByRole("button", { name: "3 people were shown this" });
  expect(within(told).getAllByRole("listitem")).toHaveLength(4);
  expect(within(told).queryByRole("button", { name: /^Leave/ })).toBeNull();
  await userEvent.click(within(queue).getByRole("button", { name: "Stop it" }));
  expect(deleted).toEqual(["/api/me/activity/{activity_id}"]);
  expect(screen.queryByRole("region", { name: "Not told yet" })).toBeNull();
});

it("takes each back by what it is, after a moment in which that can be undone", async () => {
  answers = [
    page([
      thing(1),
      thing(2, { kind: "comment", text: "nice", post: entry(3, 2) }),
      thing(3, { kind: "vote", post: null, message_id: 30, poll: { id: 3, question: "Tea?" } }),
      thing(4, { kind: "ballot", post: null, poll: { id: 4, question: "Where?" } }),
      thing(5, { kind: "group", post: null, group: { id: 6, name: "Lenses" } as never }),
    ]),
  ];
  render(SharedPage);
  await screen.findByText("Post 1");
  for (const name of [/^Delete – I posted/, /^Delete – I commented/, /^Delete – I asked/])
    await userEvent.click(screen.getByRole("button", { name }));
  await userEvent.click(screen.getByRole("button", { name: /^Withdraw my vote/ }));
  await userEvent.click(screen.getByRole("button", { name: /^Leave/ }));
  expect(screen.queryAllByRole("listitem")).toEqual([]);
  expect(deleted).toEqual([]);
  const [first] = toasts.all;
  first?.action?.act();
  flushSync();
  screen.getByText("Post 1");
  flush();
  expect(deleted).toEqual([
    "/api/comments/{comment_id}",
    "/api/messages/{message_id}",
    "/api/polls/{poll_id}/ballot",
    "/api/groups/{group_id}/members/{other_id}",
  ]);
});

it("says that nothing is there, that it could not be asked, and asks again", async () => {
  answers = [new ApiError(500, { code: "internal", message: "", retry: true })];
  render(SharedPage);
  const again = await screen.findByRole("button", { name: "Try again" });
  answers = [page([])];
  await userEvent.click(again);
  await screen.findByText("Nothing in this week");
});
