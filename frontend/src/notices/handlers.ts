import type { Handlers } from "../socket/dispatch";
import { notices } from "./notices.svelte";

export const noticeHandlers: Pick<Handlers, "notices.changed"> = {
  "notices.changed": (event) => notices.told(event.data.last, event.data.read),
};
