/** What could not be loaded is tried again by itself. */
import { untrack } from "svelte";
import { ApiError } from "../http";
import { onReturn } from "./on-return.svelte";

const FIRST = 2_000;
const LONGEST = 30_000;

/** Whether asking again may go better: not for what is not there, or not mine. */
export function passes(error: unknown): boolean {
  return !(error instanceof ApiError) || error.body.retry;
}

/**
 * Load again what failed: when the connection or the network returns, when somebody looks at the
 * page again, and otherwise after a while that grows. failure: reads why it failed, null while it
 * has not. Call it while a component is made, or in an effect's root.
 */
export function retry(failure: () => unknown, load: () => unknown): void {
  let tries = 0;
  const again = async () => {
    const error = failure();
    if (error === null || !passes(error)) return;
    await load();
    if (failure() === null) tries = 0;
  };
  onReturn(() => void again());
  $effect(() => {
    const error = failure();
    if (error === null || !passes(error)) return;
    // A crowd that failed together does not come back together.
    const most = Math.min(LONGEST, FIRST * 2 ** tries);
    const timer = setTimeout(again, most / 2 + (Math.random() * most) / 2);
    const seen = () => {
      if (document.visibilityState === "visible") void untrack(again);
    };
    tries += 1;
    addEventListener("online", seen);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", seen);
      document.removeEventListener("visibilitychange", seen);
    };
  });
}
