import type { Handlers } from "../socket/dispatch";
import { groups } from "./groups.svelte";

export const groupHandlers: Pick<Handlers, "group.changed" | "group.tied" | "group.waiting"> = {
  "group.changed": (event) => groups.changed(event),
  "group.tied": (event) => groups.tied(event),
  "group.waiting": (event) => groups.wait(event),
};
