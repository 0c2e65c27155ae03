/** Asking, accepting, ending, blocking: shown at once, settled by the server. */
import { ApiError, api, data } from "../http";
import { type Key, t } from "../i18n/index.svelte";
import { later } from "../ui/later";
import { toasts } from "../ui/toasts.svelte";
import { why } from "../ui/why";
import type { PersonCard, TieView } from "../wire/api";
import { ties } from "./ties.svelte";

type Tie = TieView["tie"];
type Ask = (params: { path: { other_id: number } }) => Promise<{ data?: TieView }>;

export function ask(person: PersonCard): Promise<boolean> {
  return act(person, "asked", (params) =>
    api.POST("/api/people/{other_id}/friendship", { params }),
  );
}

/** Yes to a request. It may have been taken back meanwhile: then that is said. */
export function accept(person: PersonCard): Promise<boolean> {
  return act(
    person,
    "friends",
    (params) => api.PUT("/api/people/{other_id}/friendship", { params }),
    "tie.gone",
  );
}

/** Decline their request, or take mine back. */
export function withdraw(person: PersonCard): Promise<boolean> {
  return act(person, "none", end);
}

/** End a friendship, five seconds later, unless it is taken back. */
export function remove(person: PersonCard): void {
  ties.foresee(person.id, "none");
  const stop = later(() => void act(person, "none", end));
  toasts.show(t("tie.removed", { name: person.name }), {
    label: t("undo"),
    act: () => {
      stop();
      ties.unforesee(person.id);
    },
  });
}

export async function block(person: PersonCard): Promise<void> {
  const done = await act(person, "blocked", (params) =>
    api.POST("/api/people/{other_id}/block", { params }),
  );
  if (done) toasts.show(t("tie.blocked.done", { name: person.name }));
}

export async function unblock(person: PersonCard): Promise<void> {
  const done = await act(person, "none", (params) =>
    api.DELETE("/api/people/{other_id}/block", { params }),
  );
  if (done) toasts.show(t("tie.unblocked", { name: person.name }));
}

const end: Ask = (params) =>
  api.DELETE("/api/people/{other_id}/friendship", { params, keepalive: true });

/** Foresee a tie and ask for it. True when it was done. missing: what a 404 means here. */
async function act(person: PersonCard, tie: Tie, how: Ask, missing?: Key): Promise<boolean> {
  const told = ties.told(person.id);
  ties.foresee(person.id, tie);
  try {
    ties.answered(await data(how({ path: { other_id: person.id } })), told);
    return true;
  } catch (error) {
    ties.unforesee(person.id);
    const gone = missing && error instanceof ApiError && error.status === 404;
    toasts.show(gone ? t(missing) : t("tie.failed", { why: why(error) }));
    return false;
  }
}
