/** Words of sharing: kinds, and whom they are for. */
import { audienceName } from "../feed/audiences";
import { t } from "../i18n/index.svelte";
import type { ConsentView, SharedKind } from "../wire/api";
import type { Kind } from "./sharing.svelte";

export function kindName(kind: Kind): string {
  return t(`sharing.kind.${kind}`);
}

export function forWhom(view: SharedKind): string {
  return audienceName(view.audience, view.list_id);
}

/** Whom a line of the ledger names. */
export function lineWhom(line: ConsentView): string {
  if (line.audience !== "list") return t(`post.${line.audience}`);
  return line.list_name ?? t("sharing.list.gone");
}

/** How it came to be said. */
export function lineHow(line: ConsentView): string {
  if (line.text > 0) return t("sharing.history.words", { n: line.text });
  return t(line.text === 0 ? "sharing.history.elsewhere" : "sharing.history.list");
}
