/** Pictures on their way to the server: chosen, uploading, there, or failed. Shared by every composer. */
import type { PictureView } from "../wire/api";
import { shrunk, tooLarge } from "./shrink";

/** Sends one file. Rejects with an UploadError. client_id makes a repetition harmless. */
export type Send = (
  file: File,
  client_id: string,
  progress: (share: number) => void,
  signal: AbortSignal,
) => Promise<PictureView>;

/** code: one of the server's error codes, or "network" when no answer came. */
export class UploadError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface Upload {
  /** The upload's client_id, also its key in lists. */
  readonly key: string;
  readonly name: string;
  /** Object URL of the chosen file; null for one that was restored from a draft. */
  readonly preview: string | null;
  /** 0 to 1. */
  share: number;
  view: PictureView | null;
  /** An error code, or null. */
  error: string | null;
}

const AT_ONCE = 2;

/** Files on the whole page that exist nowhere else yet. */
let unfinished = 0;

/** Closing the page would lose them: the browser asks first, in its own words. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function count(by: 1 | -1): void {
  unfinished += by;
  // Not always: a page that listens for this is never kept for a quick way back.
  if (unfinished > 0) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
}

export class Uploads {
  list = $state<Upload[]>([]);
  /** How many files did not fit under the limit at the last choice. */
  refused = $state(0);
  readonly limit: number;
  readonly #send: Send;
  readonly #files = new Map<string, { file: File; stop: AbortController }>();
  readonly #sending = new Set<string>();
  #running = 0;

  constructor(send: Send, limit = 9) {
    this.#send = send;
    this.limit = limit;
  }

  // Getters and not deriveds: uploads outlive the component that began them.
  get done(): readonly PictureView[] {
    return this.list.flatMap((one) => (one.view ? [one.view] : []));
  }

  get busy(): boolean {
    return this.list.some((one) => !one.view && !one.error);
  }

  get failed(): boolean {
    return this.list.some((one) => one.error !== null);
  }

  get room(): number {
    return this.limit - this.list.length;
  }

  /** Start uploading as many of the files as there is room for. */
  add(files: Iterable<File>): void {
    const chosen = [...files];
    const taken = chosen.slice(0, this.room);
    this.refused = chosen.length - taken.length;
    for (const file of taken) {
      const key = clientId();
      this.#files.set(key, { file, stop: new AbortController() });
      count(1);
      const preview = URL.createObjectURL(file);
      this.list.push({ key, name: file.name, preview, share: 0, view: null, error: null });
    }
    this.#pump();
  }

  retry(key: string): void {
    const one = this.#find(key);
    if (!one?.error) return;
    one.error = null;
    one.share = 0;
    this.#pump();
  }

  remove(key: string): void {
    this.#files.get(key)?.stop.abort();
    this.#release(key);
    const one = this.#find(key);
    if (one?.preview) URL.revokeObjectURL(one.preview);
    this.list = this.list.filter((other) => other.key !== key);
    this.refused = 0;
  }

  /** Move a picture by one place. */
  move(key: string, by: -1 | 1): void {
    const from = this.list.findIndex((one) => one.key === key);
    const to = from + by;
    const [here, there] = [this.list[from], this.list[to]];
    if (!here || !there) return;
    this.list[from] = there;
    this.list[to] = here;
  }

  /** Pictures of a draft that are on the server already. */
  restore(views: readonly PictureView[]): void {
    for (const view of views.slice(0, this.room))
      this.list.push({ key: clientId(), name: "", preview: null, share: 1, view, error: null });
  }

  /** They were attached to something, or given up. */
  clear(): void {
    for (const one of [...this.list]) this.remove(one.key);
  }

  #pump(): void {
    for (const one of this.list) {
      if (this.#running >= AT_ONCE) return;
      const job = this.#files.get(one.key);
      if (!job || one.view || one.error || this.#sending.has(one.key)) continue;
      this.#running++;
      this.#sending.add(one.key);
      void this.#run(one.key, job.file, job.stop.signal).finally(() => {
        this.#running--;
        this.#sending.delete(one.key);
        this.#pump();
      });
    }
  }

  async #run(key: string, file: File, signal: AbortSignal): Promise<void> {
    const report = (share: number) => {
      const one = this.#find(key);
      if (one) one.share = share;
    };
    try {
      const view = await this.#send(
        tooLarge(file) ? await shrunk(file) : file,
        key,
        report,
        signal,
      );
      const one = this.#find(key);
      if (one) one.view = view;
      this.#release(key);
    } catch (error) {
      const one = this.#find(key);
      if (one) one.error = error instanceof UploadError ? error.code : "network";
    }
  }

  #release(key: string): void {
    if (this.#files.delete(key)) count(-1);
  }

  #find(key: string): Upload | undefined {
    return this.list.find((one) => one.key === key);
  }
}

function clientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
