/** Chats in which many speak, and how fast they may. */
import { i18n, t } from "../i18n/index.svelte";
import type { RoomCard } from "./wire";

/** A group of friends, or a room of a group of an interest. */
export function isCrowd(room: RoomCard): boolean {
  return room.kind === "group" || room.kind === "club";
}

/** How long one waits between two messages of one's own: "one message every 5 min". */
export function paceWords(seconds: number): string {
  const minutes = seconds % 60 === 0;
  const format = new Intl.NumberFormat(i18n.locale, {
    style: "unit",
    unit: minutes ? "minute" : "second",
    unitDisplay: "short",
  });
  return t("chat.slow", { time: format.format(minutes ? seconds / 60 : seconds) });
}
