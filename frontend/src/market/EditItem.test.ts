import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../http";
import type { ItemCard, ItemChange } from "../wire/api";
import EditItem from "./EditItem.svelte";

function card(version: number, minor: number, stock: number): ItemCard {
  return {
    id: 5,
    version,
    store: { id: 1, name: "Old Lens House", name_zh: null, mark: null },
    title: "Camera",
    title_zh: null,
    category: "cameras",
    price: { minor, currency: "CNY" },
    was: null,
    stock,
    state: "live",
    picture: null,
  };
}

const api = vi.hoisted(() => ({ GET: vi.fn(), PATCH: vi.fn() }));
vi.mock("../http", async (original) => ({ ...(await original<typeof import("../http")>()), api }));

/** A server that keeps one item by version, as the real one does. */
let kept: ItemCard;
const changes: ItemChange[] = [];

beforeEach(() => {
  kept = card(1, 46_900, 4);
  changes.length = 0;
  api.GET.mockImplementation(async () => ({ data: { item: kept } }));
  api.PATCH.mockImplementation(async (_: string, { body }: { body: ItemChange }) => {
    changes.push(body);
    if (body.version !== kept.version)
      throw new ApiError(409, { code: "conflict", message: "", retry: false });
    kept = card(kept.version + 1, body.price_minor ?? kept.price.minor, body.stock ?? kept.stock);
    return { data: kept };
  });
});

async function open(item: ItemCard) {
  const view = render(EditItem, { item });
  await userEvent.click(screen.getByText("Change price and stock"));
  const price = screen.getByLabelText("Price in CNY") as HTMLInputElement;
  const stock = screen.getByLabelText("In stock") as HTMLInputElement;
  const save = screen.getByRole("button", { name: "Save" }) as HTMLButtonElement;
  const write = async (field: HTMLInputElement, words: string) => {
    await userEvent.clear(field);
    await userEvent.type(field, words);
  };
  return { view, price, stock, save, write };
}

it("sends only what was changed, in minor units", async () => {
  const { price, save, write } = await open(kept);
  expect(save.disabled).toBe(true);
  await write(price, "439,50");
  await userEvent.click(save);
  await vi.waitFor(() => expect(kept.price.minor).toBe(43_950));
  expect(changes).toEqual([{ version: 1, price_minor: 43_950 }]);
});

it("a change by somebody else is told, kept, and overwritten only on a second save", async () => {
  const item = kept;
  const { price, save, write } = await open(item);
  await write(price, "500");
  kept = card(2, 45_000, 3);
  await userEvent.click(save);
  const told = await screen.findByRole("alert");
  expect(told.textContent).toContain("¥450");
  expect(told.textContent).toContain("3 left");
  expect(kept.price.minor).toBe(45_000);
  expect(price.value).toBe("500");
  await userEvent.click(save);
  await vi.waitFor(() => expect(kept.price.minor).toBe(50_000));
  expect(changes.at(-1)?.version).toBe(2);
});

it("follows what others change as long as nothing was written here", async () => {
  const { view, price, write } = await open(kept);
  await view.rerender({ item: card(2, 45_000, 3) });
  expect(price.value).toBe("450");
  await write(price, "46");
  await view.rerender({ item: card(3, 44_000, 3) });
  expect(price.value).toBe("46");
});

it("says at the field what is no amount and sends nothing", async () => {
  const { price, save, write } = await open(kept);
  await write(price, "4.567");
  expect(price.getAttribute("aria-invalid")).toBe("true");
  expect(save.disabled).toBe(true);
  expect(changes).toEqual([]);
});
