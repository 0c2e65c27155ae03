/** In which order home is read: the newest first unless somebody wants it otherwise, and what they
 *  want is kept in this browser. */
import { untrack } from "svelte";
import { session } from "../account/session.svelte";
import { api, data } from "../http";
import { type Key, t } from "../i18n/index.svelte";
import { nameOf } from "../market/words";
import { distances } from "../people/distance.svelte";
import { openShelf, type Shelf } from "../ui/shelf";
import type { FeedPage, Why } from "../wire/api";
import { feeds } from "./feeds.svelte";
import { Source } from "./source.svelte";

export type Order = "latest" | "foryou";

export class Orders {
  /** Why each post stands in the scored order, by its id. */
  #why = $state.raw<ReadonlyMap<number, Why>>(new Map());
  #chosen = $state<Order>("latest");
  readonly #shelf: Shelf;
  readonly #name: string;
  readonly source: Source;

  constructor(me: number, shelf: Shelf) {
    this.#shelf = shelf;
    this.#name = `order:${me}`;
    if (shelf.getItem(this.#name) === "foryou") this.#chosen = "foryou";
    this.source = new Source(
      (cursor) => this.#page(cursor),
      ({ audience, author }) =>
        audience !== "held" && author.id !== me && !distances.is(author.id, "muted"),
      undefined,
      true,
    );
  }

  get chosen(): Order {
    return this.#chosen;
  }

  /** Asked for once more, the scored order is made anew; by itself it never moves. */
  choose(order: Order): void {
    if (order === "foryou" && this.source.feed.phase === "ready") void this.source.load();
    this.#chosen = order;
    try {
      this.#shelf.setItem(this.#name, order);
    } catch {
      // It is kept as long as the page then.
    }
  }

  why(post: number): string | null {
    const why = this.#why.get(post);
    return why ? words(why) : null;
  }

  async #page(cursor: string | null): Promise<FeedPage> {
    const params = { query: cursor ? { cursor } : {} };
    const page = await data(api.GET("/api/feed/for-you", { params }));
    const why = new Map(cursor ? this.#why : []);
    page.entries.forEach(({ post }, index) => {
      const one = page.why[index];
      if (one) why.set(post.id, one);
    });
    this.#why = why;
    return { entries: page.entries, next: page.next, epoch: page.epoch, heads: {}, pinned: null };
  }
}

/** What speaks for a post, in a sentence. */
export function words({ kind, person, others, group, store }: Why): string {
  const name = person?.name || person?.username || "";
  switch (kind) {
    case "liked":
    case "said": {
      const key: Key = others ? `why.${kind}.more` : `why.${kind}`;
      return t(key, { name, n: others });
    }
    case "talk":
    case "group":
      return t(`why.${kind}`, { group: group?.name ?? "" });
    case "store":
      return t("why.store", { store: store ? nameOf(store) : "" });
    default:
      return t(`why.${kind}`);
  }
}

let mine: Orders | null = null;

/** The order of whoever is signed in. */
export function orders(): Orders {
  feeds.me = session.id;
  // Beyond the component that asks first: what is derived in a list lives as long as the list.
  if (!mine)
    $effect.root(() => {
      mine = untrack(() => new Orders(session.id, openShelf()));
    });
  return mine as unknown as Orders;
}
