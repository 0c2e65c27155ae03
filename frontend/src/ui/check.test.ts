import { render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import Check from "./Check.svelte";

const box = () => screen.getByRole<HTMLInputElement>("checkbox");

test("what failed is not shown as done", async () => {
  let end = () => {};
  const set = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  render(Check, { checked: false, set });
  box().click();
  expect(set).toHaveBeenCalledExactlyOnceWith(true);
  expect(box().checked).toBe(true);
  end();
  await vi.waitFor(() => expect(box().checked).toBe(false));
});

test("what was done stays", async () => {
  const set = (on: boolean): Promise<void> => made.rerender({ checked: on });
  const made = render(Check, { checked: true, set });
  box().click();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(box().checked).toBe(false);
  box().click();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(box().checked).toBe(true);
});
