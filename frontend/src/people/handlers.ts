import { feeds } from "../feed/feeds.svelte";
import { posts } from "../feed/posts.svelte";
import { notices } from "../notices/notices.svelte";
import { openVotes } from "../polls/votes.svelte";
import { activities } from "../sharing/activities.svelte";
import type { Handlers } from "../socket/dispatch";
import { around } from "./around.svelte";
import { distances } from "./distance.svelte";
import { follows } from "./follows.svelte";
import { lists } from "./lists.svelte";
import { presence } from "./presence.svelte";
import { ties } from "./ties.svelte";

type Mine = Pick<
  Handlers,
  | "tie.changed"
  | "person.changed"
  | "presence.changed"
  | "list.changed"
  | "list.deleted"
  | "more.shown"
  | "follow.changed"
  | "public.opened"
  | "distance.changed"
>;

distances.onHeard = (person) => {
  void feeds.heard(person);
  activities.told();
};

export const peopleHandlers: Mine = {
  "tie.changed": (event) => {
    const { person, tie } = event.data;
    const before = ties.to(person.id);
    ties.apply(event);
    around.changed(event.data, before);
    feeds.tied(person.id, tie);
    if (tie !== "friends") lists.parted(person.id);
    notices.changed();
  },
  "person.changed": (event) => {
    ties.renamed(event.data.person);
    around.look(event.data.person.id);
  },
  "presence.changed": (event) => presence.apply(event),
  "list.changed": (event) => {
    lists.apply(event);
    feeds.listed(event.data.list);
  },
  "list.deleted": (event) => {
    lists.apply(event);
    posts.unlist(event.data.list_id);
  },
  "more.shown": (event) => {
    around.again(event.data.person_id);
    void feeds.more(event.data.person_id);
  },
  "follow.changed": (event) => {
    follows.apply(event);
    const { person, following } = event.data;
    if (following) void feeds.more(person.id);
    else if (ties.to(person.id) !== "friends") feeds.friends.feed.without(person.id);
  },
  "distance.changed": (event) => {
    distances.apply(event.data.distance);
    notices.changed();
    if (openVotes.state === "ready") void openVotes.load();
  },
  "public.opened": (event) => feeds.opened(event.data.person_id),
};
