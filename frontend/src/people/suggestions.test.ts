import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { person } from "../feed/testworld";
import { ApiError, api } from "../http";
import { i18n } from "../i18n/index.svelte";
import type { Suggestion } from "../wire/api";
import SuggestionList from "./Suggestions.svelte";
import { reasons } from "./suggestions.svelte";
import { ties } from "./ties.svelte";

const broken = new ApiError(500, { code: "internal", message: "", retry: true });

function one(id: number, friends = 0, groups = 0): Suggestion {
  const known_by = friends ? { ...person(50), name: "Li" } : null;
  return { person: person(id), friends, known_by, groups, group: groups ? "Tea" : null };
}

/** The button that puts somebody away. */
const no = (id: number) => ({ name: `Do not suggest ${person(id).name}` });

let answer: Suggestion[] | Error;
let noted: Error | undefined;

beforeEach(async () => {
  await i18n.use("en");
  answer = [];
  noted = undefined;
  vi.spyOn(api, "GET").mockImplementation((async () => {
    if (answer instanceof Error) throw answer;
    return { data: answer };
  }) as never);
  vi.spyOn(api, "DELETE").mockImplementation((async () => {
    if (noted) throw noted;
    return {};
  }) as never);
  ties.clear();
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it.each([
  [one(1, 1), ["Li knows them"]],
  [one(1, 2), ["Li and 1 other know them"]],
  [one(1, 4, 1), ["Li and 3 others know them", "With you in Tea"]],
  [one(1, 0, 3), ["With you in Tea and 2 other groups"]],
])("says why (%#)", (suggestion, said) => {
  expect(reasons(suggestion)).toEqual(said);
});

it("who is put away goes at once, and comes back when it could not be noted", async () => {
  answer = [one(1, 1), one(2, 1)];
  render(SuggestionList);
  await screen.findByRole("button", no(1));
  screen.getByRole("button", no(1)).focus();
  await userEvent.keyboard("{Enter}");
  expect(screen.queryByRole("button", no(1))).toBeNull();
  expect(document.activeElement?.textContent).toBe("People you may know");
  expect(api.DELETE).toHaveBeenCalledWith("/api/suggestions/{other_id}", {
    params: { path: { other_id: 1 } },
  });
  noted = broken;
  await userEvent.click(screen.getByRole("button", { name: /^Do not suggest/ }));
  await screen.findByRole("button", no(2));
});

it("whoever I have to do with by now is not among them, and a new friend brings others", async () => {
  answer = [one(1, 1), one(2, 1)];
  render(SuggestionList);
  await screen.findByRole("button", no(2));
  answer = [one(2, 1), one(3, 1)];
  ties.answered({ person: person(1), tie: "friends", at: 1 }, 0);
  await screen.findByRole("button", no(3));
  ties.foresee(2, "asked");
  await vi.waitFor(() => expect(screen.queryByRole("button", no(2))).toBeNull());
});

it("nobody, and not loaded, are two states; the second can be tried again", async () => {
  answer = broken;
  render(SuggestionList);
  await screen.findByRole("alert");
  answer = [];
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText(/^Nobody yet/);
  expect(screen.queryByRole("alert")).toBeNull();
});
