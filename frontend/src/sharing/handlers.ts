import type { Handlers } from "../socket/dispatch";
import { activities, waiting } from "./activities.svelte";
import { openPages } from "./sharing.svelte";

type Mine = Pick<
  Handlers,
  "sharing.changed" | "activity.shown" | "activity.withdrawn" | "activity.waiting"
>;

function again(): void {
  for (const one of openPages) void one.load();
}

export const sharingHandlers: Mine = {
  "sharing.changed": again,
  "activity.shown": () => activities.told(),
  "activity.withdrawn": (event) => activities.withdrawn(event.data.activity_id),
  "activity.waiting": (event) => {
    waiting.learn(event.version, event.data.waiting);
    again();
  },
};
