import { feeds } from "../feed/feeds.svelte";
import type { Handlers } from "../socket/dispatch";
import { around } from "./around.svelte";
import { presence } from "./presence.svelte";
import { ties } from "./ties.svelte";

export const peopleHandlers: Pick<Handlers, "tie.changed" | "person.changed" | "presence.changed"> =
  {
    "tie.changed": (event) => {
      const before = ties.to(event.data.person.id);
      ties.apply(event);
      around.changed(event.data, before);
      feeds.tied(event.data.person.id, event.data.tie);
    },
    "person.changed": (event) => {
      ties.renamed(event.data.person);
      around.look(event.data.person.id);
    },
    "presence.changed": (event) => presence.apply(event),
  };
