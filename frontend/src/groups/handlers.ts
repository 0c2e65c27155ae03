import { feeds } from "../feed/feeds.svelte";
import type { Handlers } from "../socket/dispatch";
import { groups } from "./groups.svelte";

export const groupHandlers: Pick<Handlers, "group.changed" | "group.tied" | "group.waiting"> = {
  "group.changed": (event) => groups.changed(event),
  "group.tied": (event) => {
    groups.tied(event);
    if (event.data.line?.standing === "member") void feeds.joined(event.data.group_id);
  },
  "group.waiting": (event) => groups.wait(event),
};
