/** What I have not decided yet: votes I asked, what I keep, what I looked at here. */
import { session } from "../account/session.svelte";
import { BookmarkList } from "../bookmarks/list.svelte";
import { opened } from "../market/opened.svelte";
import { polls, type Vote } from "../polls/polls.svelte";
import { openVotes } from "../polls/votes.svelte";
import type { ItemCard } from "../wire/api";

const VOTES = 4;
const MOST = 12;

export class Deciding {
  readonly #kept = new BookmarkList();

  /** My own votes that are still open, those ending first first. */
  readonly votes: readonly Vote[] = $derived(
    openVotes.ids
      .map((id) => polls.of(id))
      .filter((vote) => vote.poll?.author.id === session.id && !vote.closed)
      .slice(0, VOTES),
  );
  /** Each item once, and none that is put to one of these votes. */
  readonly items: readonly ItemCard[] = $derived.by(() => {
    const seen = new Set<number>(
      this.votes.flatMap((vote) => vote.poll?.options.flatMap(({ item }) => item?.id ?? []) ?? []),
    );
    const all = [...this.#kept.all.map(({ item }) => item), ...opened().all];
    return all.filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, MOST - this.votes.length);
  });

  /** What cannot be loaded is simply not shown: nothing here is anywhere else but a tap away. */
  load(): Promise<void> {
    return this.#kept.load();
  }
}
