/** What waits in each place. Features keep their own number up to date here. */
import type { Place } from "./routes";

export const badges: Record<Place, number> = $state({
  home: 0,
  chats: 0,
  market: 0,
  votes: 0,
  groups: 0,
  people: 0,
  notices: 0,
  me: 0,
});
