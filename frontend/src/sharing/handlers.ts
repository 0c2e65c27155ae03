import type { Handlers } from "../socket/dispatch";
import { open } from "./sharing.svelte";

export const sharingHandlers: Pick<Handlers, "sharing.changed"> = {
  "sharing.changed": () => {
    for (const one of open) void one.load();
  },
};
