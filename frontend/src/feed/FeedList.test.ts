import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { FeedPage } from "../wire/api";
import FeedList from "./FeedList.svelte";
import { Reached } from "./reached.svelte";
import { Source } from "./source.svelte";
import { entry, post } from "./testworld";

beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("scrollTo", () => {});
});

const empty = createRawSnippet(() => ({ render: () => "<p>Nothing here yet</p>" }));
const page = (ids: number[], next: string | null = null): FeedPage => ({
  entries: ids.map((id) => entry(id, 7)),
  next,
  pinned: null,
  heads: {},
  epoch: "e",
});

it("what is new waits behind one button and comes above when it is pressed", async () => {
  const source = new Source(
    async () => page([101]),
    () => true,
  );
  render(FeedList, { source, empty });
  expect(await screen.findByText("Post 101")).toBeTruthy();
  source.feed.weave([entry(102, 8)]);
  const pill = await screen.findByRole("button", { name: /1 new post/ });
  expect(screen.queryByText("Post 102")).toBeNull();
  await userEvent.click(pill);
  const texts = screen.getAllByText(/^Post \d+$/).map((one) => one.textContent);
  expect(texts).toEqual(["Post 102", "Post 101"]);
  expect(screen.queryByRole("button", { name: /new post/ })).toBeNull();
});

it("an empty list says so, and only an empty one", async () => {
  const source = new Source(
    async () => page([]),
    () => true,
  );
  render(FeedList, { source, empty });
  expect(await screen.findByText("Nothing here yet")).toBeTruthy();
  source.feed.admit(post(201, 7), true);
  expect(screen.queryByText("That is everything.")).toBeNull();
});

it("a list that did not load says whose fault it is and loads when asked again", async () => {
  let fail = true;
  const source = new Source(
    async () => {
      if (fail) throw new Error("away");
      return page([301]);
    },
    () => true,
  );
  render(FeedList, { source, empty });
  expect((await screen.findByRole("alert")).textContent).toContain("did not load");
  fail = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Post 301")).toBeTruthy();
});

it("where one was is marked, and the way there is offered until it was taken", async () => {
  const pages = [page([509, 508, 507], "a"), page([506, 505, 504], "b"), page([503, 502])];
  const read = vi.fn(async () => pages.shift() ?? page([]));
  const source = new Source(read, () => true);
  const reached = new Reached();
  reached.mark = 504;
  vi.spyOn(reached, "open").mockResolvedValue();
  const seen = vi.fn();
  Element.prototype.scrollIntoView = seen;
  render(FeedList, { source, empty, reached });
  const way = await screen.findByRole("button", { name: "Continue where you stopped" });
  expect(screen.queryByText("You were here")).toBeNull();
  await userEvent.click(way);
  expect(await screen.findByText("You were here")).toBeTruthy();
  expect(read).toHaveBeenCalledTimes(2);
  expect((seen.mock.contexts[0] as HTMLElement).dataset.place).toBe("504");
  expect(document.activeElement?.textContent).toContain("Post 504");
  expect(screen.queryByRole("button", { name: "Continue where you stopped" })).toBeNull();
});

it("nothing is offered to whoever has read it all, or said no", async () => {
  const all = new Source(
    async () => page([603, 602, 601]),
    () => true,
  );
  const reached = new Reached();
  reached.mark = 603;
  vi.spyOn(reached, "open").mockResolvedValue();
  render(FeedList, { source: all, empty, reached });
  expect(await screen.findByText("Post 603")).toBeTruthy();
  expect(screen.queryByText("You were here")).toBeNull();
  reached.mark = 601;
  await userEvent.click(await screen.findByRole("button", { name: "Stay here" }));
  expect(screen.queryByRole("button", { name: "Continue where you stopped" })).toBeNull();
  expect(screen.getByText("You were here")).toBeTruthy();
});
