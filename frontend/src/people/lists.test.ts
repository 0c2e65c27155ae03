import { cleanup, render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chance, person } from "../feed/testworld";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import type { FriendListView } from "../wire/api";
import type { ListChangedEvent, ListDeletedEvent } from "../wire/events";
import FriendLists from "./FriendLists.svelte";
import InLists from "./InLists.svelte";
import { Lists, lists } from "./lists.svelte";
import { ties } from "./ties.svelte";

const broken = new ApiError(500, { code: "internal", message: "", retry: true });
const taken = new ApiError(422, { code: "bad_field", message: "", retry: false });
const friend = (id: number) => ({ person: person(id), tie: "friends" as const, at: id });

/** A server that keeps lists. */
let kept: Map<number, FriendListView>;
let failing: Error | null;

function answer(list: FriendListView) {
  kept.set(list.id, list);
  return { data: list };
}

type Asked = {
  params?: { path: { list_id: number; other_id: number } };
  body?: { name: string };
};

beforeEach(async () => {
  await i18n.use("en");
  kept = new Map();
  failing = null;
  lists.clear();
  ties.clear();
  ties.load({
    friends: [friend(1), friend(2)],
    asking: [],
    asked: [],
    blocked: [],
    muted: [],
    restricted: [],
    head: 0,
    heads: {},
    epoch: "e",
  });
  const ask = (does: (asked: Asked) => unknown) =>
    (async (_: string, asked: Asked = {}) => {
      if (failing) throw failing;
      return does(asked);
    }) as never;
  const of = ({ params }: Asked) => kept.get(params?.path.list_id ?? 0) as FriendListView;
  vi.spyOn(api, "GET").mockImplementation(
    ask(() => ({ data: { lists: [...kept.values()], head: 0, epoch: "e" } })),
  );
  vi.spyOn(api, "POST").mockImplementation(
    ask(({ body }) =>
      answer({ id: kept.size + 1, name: body?.name ?? "", members: [], topic: null }),
    ),
  );
  vi.spyOn(api, "PATCH").mockImplementation(
    ask((asked) => answer({ ...of(asked), name: asked.body?.name ?? "" })),
  );
  vi.spyOn(api, "PUT").mockImplementation(
    ask((asked) => {
      const other = asked.params?.path.other_id ?? 0;
      return answer({ ...of(asked), members: [...of(asked).members, other] });
    }),
  );
  vi.spyOn(api, "DELETE").mockImplementation(
    ask((asked) => {
      const other = asked.params?.path.other_id;
      if (other !== undefined)
        return answer({ ...of(asked), members: of(asked).members.filter((one) => one !== other) });
      kept.delete(of(asked).id);
      return {};
    }),
  );
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const changed = (list: FriendListView, number: number): ListChangedEvent => ({
  topic: "user:9",
  number,
  type: "list.changed",
  data: { list },
});
const deleted = (list_id: number, number: number): ListDeletedEvent => ({
  topic: "user:9",
  number,
  type: "list.deleted",
  data: { list_id },
});

describe("lists", () => {
  it.each([...Array(30).keys()])("snapshot + events = a fresh snapshot (%i)", async (seed) => {
    const by = chance(seed);
    for (let id = 1; id <= by.below(4); id++)
      kept.set(id, { id, name: `List ${id}`, members: [], topic: null });
    const open = new Lists();
    await open.load();
    for (let number = 1; number < 20; number++) {
      const id = 1 + by.below(5);
      if (by.below(4) === 0 && kept.has(id)) {
        kept.delete(id);
        open.apply(deleted(id, number));
      } else {
        const list = {
          id,
          name: `List ${by.below(9)}`,
          members: [1, 2].slice(by.below(3)),
          topic: null,
        };
        kept.set(id, list);
        open.apply(changed(list, number));
      }
    }
    const fresh = new Lists();
    await fresh.load();
    expect(open.all).toEqual(fresh.all);
  });

  it("who parts is in none of them", async () => {
    kept.set(1, { id: 1, name: "Tea", members: [1, 2], topic: null });
    await lists.load();
    lists.parted(1);
    expect(lists.of(1)?.members).toEqual([2]);
  });

  it("an answer that is older than an event is not believed", async () => {
    kept.set(1, { id: 1, name: "Tea", members: [], topic: null });
    await lists.load();
    const asked = lists.rename(1, "Coffee");
    lists.apply(changed({ id: 1, name: "Milk", members: [], topic: null }, 1));
    await asked;
    expect(lists.of(1)?.name).toBe("Milk");
  });
});

describe("on the page of people", () => {
  it("a list is made, filled, renamed and deleted by keyboard", async () => {
    render(FriendLists);
    await screen.findByText(/^None yet/);
    await userEvent.type(screen.getByLabelText("Name of a new list"), "Family{Enter}");
    const sheet = await screen.findByRole("dialog", { name: "Family" });
    const first = await within(sheet).findByRole("button", { name: /Person 1/ });
    first.focus();
    await userEvent.keyboard("{Enter}");
    await vi.waitFor(() => expect(kept.get(1)?.members).toEqual([1]));
    expect(first.getAttribute("aria-pressed")).toBe("true");
    const name = within(sheet).getByLabelText("Name");
    await userEvent.clear(name);
    await userEvent.type(name, "Home{Enter}");
    await screen.findByRole("dialog", { name: "Home" });
    await userEvent.click(screen.getByRole("button", { name: "Delete the list" }));
    await screen.findByText("The list goes, your friends stay.");
    await userEvent.keyboard("{Enter}");
    await screen.findByText(/^None yet/);
    expect(kept.size).toBe(0);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("a name that is taken is said at the field", async () => {
    render(FriendLists);
    const field = await screen.findByLabelText("Name of a new list");
    failing = taken;
    await userEvent.type(field, "Family{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("has this name");
    expect((field as HTMLInputElement).value).toBe("Family");
  });

  it("none, and not loaded, are two states; the second can be tried again", async () => {
    failing = broken;
    render(FriendLists);
    await screen.findByRole("alert");
    failing = null;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText(/^None yet/);
  });
});

describe("on a person's page", () => {
  it("they are put into a list, and into a new one", async () => {
    kept.set(1, { id: 1, name: "Tea", members: [2], topic: null });
    render(InLists, { person: person(1), onclose: () => {} });
    const tea = await screen.findByLabelText("Tea");
    expect((tea as HTMLInputElement).checked).toBe(false);
    await userEvent.click(tea);
    await vi.waitFor(() => expect(kept.get(1)?.members).toEqual([2, 1]));
    await userEvent.type(screen.getByLabelText("Name of a new list"), "Close{Enter}");
    await vi.waitFor(() => expect(kept.get(2)?.members).toEqual([1]));
  });
});
