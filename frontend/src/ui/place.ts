/** Going back finds the place one left. It is kept in the history entry, by the thing that was on
 *  top of the screen and not by pixels: what lies above may have other heights by then. */
import type { Attachment } from "svelte/attachments";

interface Place {
  id: string;
  /** Distance from the top of the screen, in pixels. */
  top: number;
}

const HEAD = 80;
const SETTLE = 200;
const PATIENCE = 1_500;

function kept(): Place | undefined {
  return (history.state as { place?: Place } | null)?.place;
}

/** Put on a list whose members carry `data-place`. */
export const keepPlace: Attachment<HTMLElement> = (list) => {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wanted = kept();
  if (wanted) restore(list, wanted, signal);

  const save = () => {
    clearTimeout(timer);
    const place = scrollY > HEAD ? topmost(list) : undefined;
    history.replaceState({ ...history.state, place }, "");
  };
  const scrolled = () => {
    clearTimeout(timer);
    timer = setTimeout(save, SETTLE);
  };
  addEventListener("scroll", scrolled, { passive: true, signal });
  // A link is followed before the scroll has settled.
  document.addEventListener("click", save, { capture: true, signal });
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
};

function topmost(list: HTMLElement): Place | undefined {
  for (const one of list.querySelectorAll<HTMLElement>("[data-place]")) {
    const { top, bottom } = one.getBoundingClientRect();
    if (bottom > HEAD) return { id: one.dataset.place ?? "", top };
  }
  return undefined;
}

/** Heights settle while pictures and far members are laid out; the reader's hand ends it. */
function restore(list: HTMLElement, wanted: Place, gone: AbortSignal): void {
  const hand = new AbortController();
  const signal = AbortSignal.any([gone, hand.signal]);
  for (const name of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(name, () => hand.abort(), { passive: true, signal });
  const until = performance.now() + PATIENCE;
  let calm = 0;
  const step = () => {
    if (signal.aborted) return;
    const one = list.querySelector(`[data-place="${CSS.escape(wanted.id)}"]`);
    const off = one ? one.getBoundingClientRect().top - wanted.top : 0;
    if (Math.abs(off) > 1) scrollBy({ top: off, behavior: "instant" });
    calm = one && Math.abs(off) <= 1 ? calm + 1 : 0;
    if (calm < 10 && performance.now() < until) requestAnimationFrame(step);
    else hand.abort();
  };
  requestAnimationFrame(step);
}
