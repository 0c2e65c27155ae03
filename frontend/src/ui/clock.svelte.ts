/** One ticking clock for all times on the page, by the server's time. */
import { createSubscriber } from "svelte/reactivity";
import { live } from "../socket/live.svelte";

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

const subscribeSlowly = createSubscriber((update) => {
  const timer = setInterval(update, 15_000);
  return () => clearInterval(timer);
});

/** Now, for words like "8 minutes ago": a component that reads it is refreshed four times a minute. */
export function nowish(): number {
  subscribeSlowly();
  return live.now();
}

/** Now, in milliseconds; a component that reads it is refreshed every second. */
export function now(): number {
  subscribe();
  return live.now();
}
