/** Words: a typed catalogue, one file per feature; Chinese is loaded when it is wanted. */
import { en } from "./en";

export type Language = "en" | "zh";
type Words = typeof en;
export type Key = keyof Words;
export type Catalogue = { readonly [K in Key]: string };
export type Params = Record<string, string | number>;

class I18n {
  language = $state<Language>("en");
  #words = $state.raw<Catalogue>(en);
  readonly locale = $derived(this.language === "zh" ? "zh-CN" : "en-GB");
  readonly #plural = $derived(new Intl.PluralRules(this.locale));

  /** Switch live; the page keeps its state. */
  async use(language: Language): Promise<void> {
    const words: Catalogue = language === "zh" ? (await import("./zh")).zh : en;
    this.#words = words;
    this.language = language;
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    try {
      localStorage.setItem("language", language);
    } catch {
      // Storage may be forbidden: the choice then lasts as long as the page.
    }
  }

  /**
   * The words for a key. `{name}` is replaced; `{n|one form|other form}` chooses by plural of n,
   * and `#` inside a form is the number.
   */
  t = (key: Key, params: Params = {}): string =>
    this.#words[key].replace(
      /\{(\w+)(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}/g,
      (whole, name: string, one?: string, other?: string) => {
        const value = params[name];
        if (value === undefined) return whole;
        if (one === undefined) return typeof value === "number" ? this.number(value) : value;
        const form =
          this.#plural.select(Number(value)) === "one" || other === undefined ? one : other;
        return form.replaceAll("#", this.number(Number(value)));
      },
    );

  number = (value: number): string => new Intl.NumberFormat(this.locale).format(value);

  /** Whole per cents, as 40%. */
  percent = (value: number): string =>
    new Intl.NumberFormat(this.locale, { style: "percent" }).format(value / 100);

  /** Bytes in a unit that fits, as 1.2 MB. */
  size = (bytes: number): string => {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
    const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    return new Intl.NumberFormat(this.locale, {
      style: "unit",
      unit: units[step] ?? "byte",
      unitDisplay: "short",
      maximumSignificantDigits: 3,
    }).format(bytes / 1000 ** step);
  };

  /** Integer minor units and a currency, written as money. */
  money = (minor: number, currency: string): string => {
    const options = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    const format = new Intl.NumberFormat(this.locale, options);
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    const amount = minor / 10 ** digits;
    return new Intl.NumberFormat(this.locale, {
      ...options,
      minimumFractionDigits: Number.isInteger(amount) ? 0 : digits,
    }).format(amount);
  };

  /** Clock time, as 20:31. */
  time = (at: number): string =>
    new Intl.DateTimeFormat(this.locale, { hour: "2-digit", minute: "2-digit" }).format(at);

  /** A day, as Sunday, 22 November. */
  day = (at: number): string =>
    new Intl.DateTimeFormat(this.locale, { weekday: "long", day: "numeric", month: "long" }).format(
      at,
    );

  date = (at: number): string =>
    new Intl.DateTimeFormat(this.locale, { dateStyle: "medium", timeStyle: "short" }).format(at);

  /** A month, as November 2025. */
  month = (at: number): string =>
    new Intl.DateTimeFormat(this.locale, { month: "long", year: "numeric" }).format(at);

  /** How long ago or ahead, as "8 minutes ago". Both in milliseconds. */
  relative = (at: number, now: number): string => {
    const format = new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" });
    const seconds = Math.round((at - now) / 1000);
    const size = Math.abs(seconds);
    if (size < 45) return format.format(0, "second");
    if (size < 3600) return format.format(Math.trunc(seconds / 60) || Math.sign(seconds), "minute");
    if (size < 86_400) return format.format(Math.trunc(seconds / 3600), "hour");
    if (size < 7 * 86_400) return format.format(Math.trunc(seconds / 86_400), "day");
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "medium" }).format(at);
  };

  /** How long something lasts, as "2 h 14 min"; seconds only in the last minutes. */
  duration = (milliseconds: number): string => {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    const unit = (value: number, name: "day" | "hour" | "minute" | "second") =>
      new Intl.NumberFormat(this.locale, {
        style: "unit",
        unit: name,
        unitDisplay: "short",
      }).format(value);
    if (seconds < 60) return unit(seconds, "second");
    const minutes = Math.floor(seconds / 60);
    if (minutes < 10) return `${unit(minutes, "minute")} ${unit(seconds % 60, "second")}`;
    if (minutes < 60) return unit(minutes, "minute");
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return `${unit(hours, "hour")} ${unit(minutes % 60, "minute")}`;
    return `${unit(Math.floor(hours / 24), "day")} ${unit(hours % 24, "hour")}`;
  };

  /** Names in a sentence: "Li, Mei and Bo". */
  list = (names: string[]): string => new Intl.ListFormat(this.locale).format(names);
}

export const i18n = new I18n();
export const t = i18n.t;

/** The language a visitor wants before having said so. */
export function preferred(): Language {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}
