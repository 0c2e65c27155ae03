import type { Handlers } from "../socket/dispatch";
import { session } from "./session.svelte";

export const accountHandlers: Pick<Handlers, "profile.changed"> = {
  "profile.changed": (event) => session.learn(event.data.me),
};
