/**
 * How far somebody has read at home, on whatever device: the newest post that was before their eyes.
 * What another device has seen is marked here once, when the page is opened or come back to after a
 * while; the mark stands still while somebody reads.
 */
import { api, data } from "../http";

export const PAUSE = 3_000;
/** Away for longer than this, one may have read on elsewhere. */
export const AWAY = 5 * 60_000;

export class Reached {
  /** The newest post that had been read before; null: none, or not known yet. */
  mark = $state<number | null>(null);
  /** The way there is offered until it was taken, or is not wanted. */
  offered = $state(true);
  #known = false;
  #furthest = 0;
  #told = 0;
  #hidden = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Ask once. Nothing is told before it is known how far other devices were. */
  async open(): Promise<void> {
    if (this.#known) return;
    try {
      const { post_id } = await data(api.GET("/api/feed/place"));
      this.#known = true;
      this.mark = post_id;
      this.#told = Math.max(this.#told, post_id ?? 0);
      if (this.#furthest > this.#told) this.#later();
    } catch {
      // Not known then; asked again with the next page.
    }
  }

  /** A post has been before somebody's eyes for a moment. */
  seen(id: number): void {
    if (id <= this.#furthest) return;
    this.#furthest = id;
    if (this.#known && id > this.#told) this.#later();
  }

  /** Tell the server now what it does not know. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const id = this.#furthest;
    if (!this.#known || id <= this.#told) return;
    const before = this.#told;
    this.#told = id;
    try {
      await api.PUT("/api/feed/place", { body: { post_id: id }, keepalive: true });
    } catch {
      // Told with the next post that is read.
      this.#told = Math.min(this.#told, before);
    }
  }

  /** The page goes out of sight, or comes back. */
  turned(visible: boolean): void {
    if (!visible) {
      this.#hidden = Date.now();
      void this.flush();
    } else if (this.#hidden && Date.now() - this.#hidden > AWAY) {
      this.#known = false;
      this.offered = true;
      void this.open();
    }
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }
}

export const reached = new Reached();
