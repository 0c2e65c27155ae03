/** Posts that others show on: those that a page needs are asked for together. */
import { api, data } from "../http";
import { items } from "../market/items.svelte";
import { posts } from "./posts.svelte";

const AT_ONCE = 50;
const wanted = new Set<number>();
let round: Promise<void> | null = null;

/** Ask for a post; once this resolves it is known, or it is not shown to me. */
export function ask(id: number): Promise<void> {
  wanted.add(id);
  round ??= Promise.resolve().then(() => {
    round = null;
    const ids = [...wanted];
    wanted.clear();
    return read(ids);
  });
  return round;
}

async function read(ids: readonly number[]): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const params = { query: { ids: some.join(",") } };
    const { entries } = await data(api.GET("/api/posts", { params }));
    items.offer(entries.map(({ post }) => post.item));
    posts.keep(entries);
    const shown = new Set(entries.map(({ post }) => post.id));
    for (const id of some) if (!shown.has(id)) posts.lose(id);
  }
}
