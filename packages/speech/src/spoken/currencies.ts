import { signPattern } from "./units";

/** Likeliest ISO 4217 code of each sign. */
const codesBySign: Readonly<Record<string, string>> = {
  $: "USD",
  US$: "USD",
  CA$: "CAD",
  C$: "CAD",
  A$: "AUD",
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₩": "KRW",
  "₽": "RUB",
  "₿": "BTC",
};
/** ISO 4217 codes that are read as currencies; not ALL, TOP and TRY, which are also words. */
const codes = new Set(
  (
    "USD EUR GBP JPY CNY INR CHF CAD AUD NZD HKD SGD SEK NOK DKK PLN CZK HUF BRL MXN ZAR KRW RUB " +
    "BTC"
  ).split(" "),
);
const formats = new Map<string, Intl.NumberFormat>();

/** Alternations for use in a pattern. */
export const currencySigns = signPattern(Object.keys(codesBySign));
export const currencyCodes = [...codes].join("|");

/** @returns the ISO 4217 code of a sign or a code */
export function currencyCode(sign: string): string | null {
  return codesBySign[sign] ?? (codes.has(sign) ? sign : null);
}

/**
 * @param sign one that has a code
 * @returns the currency's name for a value: "US dollars" for USD, and "dollars" for $
 */
export function currencyName(sign: string, count: number, locale: string): string {
  const code = currencyCode(sign) ?? sign;
  // Without a country, and so without a name in `Intl`.
  if (code === "BTC") return "bitcoin";
  const name = formatOf(code, locale)
    .formatToParts(count)
    .find(({ type }) => type === "currency");
  const words = name?.value ?? code;
  return sign.length === 1 ? withoutCountry(words, locale) : words;
}

/** "US-Dollar" as "Dollar", "dólares estadounidenses" as "dólares". */
function withoutCountry(name: string, locale: string): string {
  const words = name.split(/[\s-]/u);
  const isCountryFirst = /^(?:en|de)\b/u.test(locale);
  return words.at(isCountryFirst ? -1 : 0) ?? name;
}

function formatOf(code: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${code}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: code,
    currencyDisplay: "name",
    minimumFractionDigits: 0,
  });
  formats.set(key, format);
  return format;
}
