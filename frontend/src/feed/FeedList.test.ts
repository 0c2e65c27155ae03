import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { FeedPage } from "../wire/api";
import FeedList from "./FeedList.svelte";
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
