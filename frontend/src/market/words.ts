/** Names of things in the reader's language, money as people write it, and back. */
import { i18n, type Key } from "../i18n/index.svelte";
import type { ItemCard, StoreCard } from "../wire/api";

export const CATEGORIES: readonly ItemCard["category"][] = [
  "phones",
  "laptops",
  "clothing",
  "makeup",
  "cameras",
  "audio",
  "home",
];

export function categoryKey(category: ItemCard["category"]): Key {
  return `category.${category}`;
}

/** A text in the reader's language where there is one, else in English. */
export function inWords(english: string, chinese: string | null): string {
  return i18n.language === "zh" && chinese ? chinese : english;
}

export function titleOf(item: Pick<ItemCard, "title" | "title_zh">): string {
  return inWords(item.title, item.title_zh);
}

export function nameOf(store: Pick<StoreCard, "name" | "name_zh">): string {
  return inWords(store.name, store.name_zh);
}

/** How many decimals a currency has. */
export function decimals(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units as a plain number to edit: 46900 -> "469", 46950 -> "469.50". */
export function toAmount(minor: number, currency: string): string {
  const digits = decimals(currency);
  const whole = minor % 10 ** digits === 0;
  return (minor / 10 ** digits).toFixed(whole ? 0 : digits);
}

const MOST = 10 ** 13;

/**
 * What somebody wrote as an amount, in minor units; null when it is none. Full-width digits, a
 * currency sign and thousands separators are understood. Counted in digits, not in floats.
 */
export function toMinor(written: string, currency: string): number | null {
  const digits = decimals(currency);
  const plain = written.normalize("NFKC").replace(/[\s¥￥$€£]/g, "");
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
  const found = /^(\d+)(?:[.,](\d+))?$/.exec(grouped);
  if (!found) return null;
  const [, whole = "", rest = ""] = found;
  const cents = rest.replace(/0+$/, "");
  if (cents.length > digits) return null;
  const minor = Number(whole + cents.padEnd(digits, "0"));
  return minor < MOST ? minor : null;
}
