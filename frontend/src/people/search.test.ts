import { cleanup, render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, expect, it, vi } from "vitest";
import { person } from "../feed/testworld";

const { ApiError, api } = await import("../http");
const { router } = await import("../app/router.svelte");
const { live } = await import("../socket/live.svelte");
const { ties } = await import("./ties.svelte");
const { default: PeoplePage } = await import("./PeoplePage.svelte");

vi.stubGlobal("scrollTo", () => {});

afterEach(() => {
  cleanup();
  live.stop();
});

it("a search for people that found no network finds people when there is one", async () => {
  let reachable = false;
  vi.spyOn(api, "GET").mockImplementation((async (path: string) => {
    if (!reachable) throw new ApiError(0, { code: "unavailable", message: "", retry: true });
    return { data: { people: [{ person: person(path.length), tie: "none", at: 1 }], next: null } };
  }) as never);
  live.truth = "offline";
  ties.load({
    friends: [],
    asking: [],
    asked: [],
    blocked: [],
    muted: [],
    restricted: [],
    head: 0,
    heads: {},
    epoch: "e",
  });
  router.go("/people?q=person");
  const page = render(PeoplePage);
  const shown = () => page.container.textContent ?? "";
  const name = `Person ${"/api/people".length}`;
  await vi.waitFor(() => page.getByRole("alert"));
  expect(shown()).not.toContain(name);
  reachable = true;
  live.truth = "live";
  flushSync();
  await vi.waitFor(() => expect(shown()).toContain(name));
});
