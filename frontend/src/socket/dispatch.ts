/** Event type -> what it does: a table that the compiler checks to be complete. */
import type { LiveEvent } from "../wire/events";

export type Handlers = {
  [T in LiveEvent["type"]]: (event: Extract<LiveEvent, { type: T }>) => void;
};

/** Do what an event means. One that this version does not know is left alone. */
export function dispatch(handlers: Handlers, event: LiveEvent): void {
  const handle = handlers[event.type] as ((event: LiveEvent) => void) | undefined;
  handle?.(event);
}
