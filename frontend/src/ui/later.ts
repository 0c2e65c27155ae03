/** Acts that wait a moment for a change of mind. Leaving the page does them at once. */

export const UNDO_MS = 5_000;

const waiting = new Set<() => void>();

/** Run `act` after `ms`, or when the page goes away. Returns a function that calls it off. */
export function later(act: () => void, ms: number = UNDO_MS): () => void {
  const run = () => {
    stop();
    act();
  };
  const timer = setTimeout(run, ms);
  const stop = () => {
    clearTimeout(timer);
    waiting.delete(run);
  };
  waiting.add(run);
  return stop;
}

/** Do now whatever still waits. */
export function flush(): void {
  for (const run of [...waiting]) run();
}

if (typeof window !== "undefined") window.addEventListener("pagehide", flush);
