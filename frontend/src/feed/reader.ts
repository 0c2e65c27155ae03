/** As whom one looks at what is one's own. */
import { t } from "../i18n/index.svelte";
import type { PersonCard } from "../wire/api";

export interface Reader {
  /** As the server calls them. */
  key: string;
  kind: "person" | "list" | "stranger" | "signed-out";
  name: string;
  face?: PersonCard["face"];
}

/** Whose eyes these are. */
export function seenAs({ kind, name }: Reader): string {
  if (kind === "person") return t("preview.as", { name });
  if (kind === "list") return t("preview.as.list", { name });
  return t(kind === "stranger" ? "preview.as.stranger" : "preview.as.out");
}

export function seesNothing({ kind, name }: Reader): string {
  if (kind === "person") return t("preview.nothing", { name });
  if (kind === "list") return t("preview.nothing.list", { name });
  return t(kind === "stranger" ? "preview.nothing.stranger" : "preview.nothing.out");
}
