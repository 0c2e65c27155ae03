import { untrack } from "svelte";
import { live } from "./live.svelte";

/**
 * Run this whenever the connection has come back, for what could not be loaded meanwhile. Only the
 * return counts: an effect that also read the failure would start the next attempt the moment the
 * last one failed, for ever. Call it while a component is made.
 */
export function onReturn(act: () => void): void {
  $effect(() => {
    if (live.truth === "live") untrack(act);
  });
}
