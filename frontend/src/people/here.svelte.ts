/** Presence as it may be shown: nothing is claimed while the connection is away. */
import { i18n, t } from "../i18n/index.svelte";
import { live } from "../socket/live.svelte";
import type { PresenceChangedEvent } from "../wire/events";
import { presence } from "./presence.svelte";

const MINUTE = 60_000;

type State = PresenceChangedEvent["data"]["state"];

export function stateOf(person: number): State | undefined {
  return live.truth === "offline" ? undefined : presence.of(person)?.state;
}

/** "Here now", "Away", "Here 5 minutes ago", or nothing. now: the server's time. */
export function seenText(person: number, now: number): string {
  if (live.truth === "offline") return "";
  const seen = presence.of(person);
  if (!seen) return "";
  if (seen.state === "online") return t("presence.online");
  if (seen.state === "away") return t("presence.away");
  if (!seen.last_seen) return "";
  if (now - seen.last_seen < MINUTE) return t("presence.just");
  return t("presence.seen", { time: i18n.relative(seen.last_seen, now) });
}
