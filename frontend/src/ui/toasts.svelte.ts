/** Short notes at the foot of the page, with undo where there is something to take back. */
export interface Toast {
  id: number;
  text: string;
  action?: { label: string; act: () => void } | undefined;
}

const STAYS = 5_000;

class Toasts {
  all = $state<Toast[]>([]);
  #next = 1;

  /** Show a note for five seconds. Returns a function that takes it away at once. */
  show(text: string, action?: Toast["action"]): () => void {
    const id = this.#next++;
    this.all.push({ id, text, action });
    const timer = setTimeout(() => this.hide(id), STAYS);
    return () => {
      clearTimeout(timer);
      this.hide(id);
    };
  }

  hide(id: number): void {
    this.all = this.all.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
