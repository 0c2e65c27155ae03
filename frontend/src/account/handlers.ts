import type { Handlers } from "../socket/dispatch";
import { session } from "./session.svelte";
import { takeout } from "./takeout.svelte";

export const accountHandlers: Pick<Handlers, "profile.changed" | "takeout.changed"> = {
  "profile.changed": (event) => session.learn(event.data.me),
  "takeout.changed": (event) => takeout.learn(event.data.takeout),
};
