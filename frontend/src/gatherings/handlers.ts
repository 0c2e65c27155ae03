import type { Handlers } from "../socket/dispatch";
import { gatherings } from "./gatherings.svelte";

export const gatheringHandlers: Pick<Handlers, "gathering.changed" | "gathering.answered"> = {
  "gathering.changed": (event) => gatherings.changed(event),
  "gathering.answered": (event) => gatherings.answered(event),
};
