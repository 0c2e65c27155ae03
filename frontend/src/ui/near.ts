/** Do something while an element is on the screen or soon will be. */
import type { Attachment } from "svelte/attachments";

/** Scrolling past quickly is not worth a join. */
const LINGER = 150;

/**
 * enter: called when the element comes near; returns what to do when it goes away.
 * margin: how far outside the screen still counts, as in rootMargin.
 */
export function near(enter: () => () => void, margin = "100% 0px"): Attachment {
  return (element) => {
    let leave: (() => void) | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      ([seen]) => {
        clearTimeout(timer);
        if (seen?.isIntersecting) {
          timer = setTimeout(() => {
            leave ??= enter();
          }, LINGER);
        } else {
          leave?.();
          leave = undefined;
        }
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      leave?.();
    };
  };
}

/** Call `reached` each time the element comes into view; for loading more at the end of a list. */
export function reaching(reached: () => void, margin = "1200px 0px"): Attachment {
  return (element) => {
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) reached();
      },
      { rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };
}
