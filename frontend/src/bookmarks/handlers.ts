import type { Handlers } from "../socket/dispatch";
import { kept } from "./kept.svelte";

export const bookmarkHandlers: Pick<Handlers, "bookmarks.changed"> = {
  "bookmarks.changed": (event) => kept.apply(event),
};
