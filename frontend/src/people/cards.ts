/** People as they are called and look now. */
import { session } from "../account/session.svelte";
import { t } from "../i18n/index.svelte";
import type { PersonCard } from "../wire/api";
import { ties } from "./ties.svelte";

/**
 * The newest that is known of a person whose card came with something older. Changes are told of
 * friends and of myself; everybody else is shown as they were when this was loaded. Whoever was
 * erased has no name.
 */
export function asNow(card: PersonCard): PersonCard {
  if (card.id === session.me?.person.id) return session.me.person;
  if (card.name === "") return { ...card, name: t("person.gone") };
  return ties.friend(card.id) ?? card;
}
