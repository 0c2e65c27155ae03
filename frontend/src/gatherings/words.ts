/** A gathering in words: when by whose clock, and how many come. */
import { i18n, t } from "../i18n/index.svelte";
import type { Gathering } from "../wire/api";

/** "12 going · 3 perhaps · 2 places left". */
export function counts(one: Gathering): string {
  const parts = [t("gatherings.going.n", { n: one.going })];
  if (one.perhaps) parts.push(t("gatherings.perhaps.n", { n: one.perhaps }));
  if (one.waiting) parts.push(t("gatherings.waiting.n", { n: one.waiting }));
  const left = free(one);
  if (left !== null && !one.cancelled)
    parts.push(left ? t("gatherings.left.n", { n: left }) : t("gatherings.left.none"));
  return parts.join(" · ");
}

/** How many places are left; null: as many as like to come. */
export function free(one: Gathering): number | null {
  return one.places === null ? null : Math.max(0, one.places - one.going);
}

/** "Sat, 5 December, 19:00 – 21:00" by the clocks of a zone; without one by the reader's. */
export function when(one: Gathering, zone?: string): string {
  const format = new Intl.DateTimeFormat(i18n.locale, {
    weekday: "short",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    ...(zone ? { timeZone: zone } : {}),
  });
  return one.ends_at === null
    ? format.format(one.begins_at)
    : format.formatRange(one.begins_at, one.ends_at);
}

/** The same by the gathering's own clocks, where they show something else than the reader's. */
export function elsewhere(one: Gathering): string | null {
  try {
    const there = when(one, one.zone);
    return there === when(one) ? null : t("gatherings.there", { when: there, zone: one.zone });
  } catch {
    return null; // a zone that this browser does not know
  }
}

/** The parts of a date block, by the reader's clock. */
export function block(at: number): { month: string; day: string; weekday: string } {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.locale, options).format(at);
  return {
    month: part({ month: "short" }),
    // In Chinese the day would be "5日", beside which nothing else fits.
    day: new Intl.DateTimeFormat("en", { day: "numeric" }).format(at),
    weekday: part({ weekday: "short" }),
  };
}

/** The zone that this browser is in. */
export const myZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Tomorrow evening, as an input of date and time wants it. */
export function tomorrow(now: number): string {
  const day = new Date(now + 86_400_000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T19:00`;
}

const FIELDS = ["title", "begins", "ends", "zone", "place", "link", "places", "about"] as const;
export type Field = (typeof FIELDS)[number];

/** What is wrong with a field, in words. */
export function wrongWith(
  fields: Readonly<Record<string, unknown>>,
): Partial<Record<Field, string>> {
  const wrong: Partial<Record<Field, string>> = {};
  for (const field of FIELDS)
    if (Object.keys(fields).some((name) => name.split(".")[0] === field))
      wrong[field] = t(`gatherings.wrong.${field}`);
  return wrong;
}
