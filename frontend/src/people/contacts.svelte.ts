/** Looking for those of my contacts who are here. */
import { api, data } from "../http";
import type { TieView } from "../wire/api";
import { fingerprint } from "./contacts";

/** What the server takes at once. */
const AT_ONCE = 500;

export interface Met {
  /** By which of my contacts; it never left this device. */
  address: string;
  view: TieView;
}

export class ContactSearch {
  phase = $state<"new" | "working" | "failed" | "done">("new");
  error = $state.raw<unknown>(null);
  found = $state.raw<readonly Met[]>([]);
  /** Addresses compared, and all of them. */
  done = $state(0);
  all = $state(0);
  #left: string[] = [];
  #run = 0;

  /** Look for these; what was found before is forgotten. */
  async look(addresses: readonly string[]): Promise<void> {
    this.found = [];
    this.done = 0;
    this.all = addresses.length;
    this.#left = [...addresses];
    await this.again();
  }

  /** Go on where it stopped. */
  async again(): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    this.phase = "working";
    this.error = null;
    try {
      while (this.#left.length) {
        const some = this.#left.slice(0, AT_ONCE);
        const met = await compare(some);
        if (run !== this.#run) return;
        this.#left = this.#left.slice(AT_ONCE);
        this.done += some.length;
        this.found = distinct([...this.found, ...met]);
      }
      this.phase = "done";
    } catch (error) {
      if (run !== this.#run) return;
      this.error = error;
      this.phase = "failed";
    }
  }

  /** Stop, and forget everything. */
  stop(): void {
    this.#run += 1;
    this.#left = [];
    this.found = [];
    this.phase = "new";
  }
}

async function compare(addresses: readonly string[]): Promise<Met[]> {
  const named = new Map<string, string>();
  for (const address of addresses) named.set(await fingerprint(address), address);
  const body = { digests: [...named.keys()] };
  const { found } = await data(api.POST("/api/contacts/match", { body }));
  return found.map(({ digest, view }) => ({ address: named.get(digest) ?? "", view }));
}

/** Somebody may have two addresses. */
function distinct(met: readonly Met[]): Met[] {
  return [
    ...new Map(met.map((one) => [one.view.person.id, one] as const).reverse()).values(),
  ].reverse();
}
