import type { Handlers } from "../socket/dispatch";
import { items } from "./items.svelte";

export const marketHandlers: Pick<Handlers, "item.changed"> = {
  "item.changed": (event) => items.apply(event),
};
