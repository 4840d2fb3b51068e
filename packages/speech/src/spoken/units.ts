/**
 * Names that `Intl` has for the signs of units; it knows the words and plurals of every language
 * (ECMA-402, "sanctioned simple units").
 */
const intlUnits: Readonly<Record<string, string>> = {
  km: "kilometer",
  m: "meter",
  cm: "centimeter",
  mm: "millimeter",
  mi: "mile",
  ft: "foot",
  yd: "yard",
  kg: "kilogram",
  g: "gram",
  lb: "pound",
  lbs: "pound",
  oz: "ounce",
  "fl oz": "fluid-ounce",
  l: "liter",
  L: "liter",
  ml: "milliliter",
  mL: "milliliter",
  gal: "gallon",
  ha: "hectare",
  s: "second",
  sec: "second",
  secs: "second",
  ms: "millisecond",
  µs: "microsecond",
  μs: "microsecond",
  ns: "nanosecond",
  min: "minute",
  mins: "minute",
  h: "hour",
  hr: "hour",
  hrs: "hour",
  kB: "kilobyte",
  KB: "kilobyte",
  MB: "megabyte",
  GB: "gigabyte",
  TB: "terabyte",
  PB: "petabyte",
  Mb: "megabit",
  Gb: "gigabit",
  Mbps: "megabit-per-second",
  Gbps: "gigabit-per-second",
  kbps: "kilobit-per-second",
  "Mbit/s": "megabit-per-second",
  "Gbit/s": "gigabit-per-second",
  "MB/s": "megabyte-per-second",
  "GB/s": "gigabyte-per-second",
  "km/h": "kilometer-per-hour",
  kph: "kilometer-per-hour",
  mph: "mile-per-hour",
  "m/s": "meter-per-second",
  "°C": "celsius",
  "℃": "celsius",
  "°F": "fahrenheit",
  "℉": "fahrenheit",
  "°": "degree",
  "%": "percent",
};

const formats = new Map<string, Intl.NumberFormat>();

/** The signs that `unitWords` knows. */
export const unitSigns: readonly string[] = Object.keys(intlUnits);

/** @returns the unit's words for a value, as in "kilometers per hour"; `null` for other signs */
export function unitWords(sign: string, value: number, locale: string): string | null {
  const unit = intlUnits[sign];
  if (unit === undefined) return null;
  const key = `${locale} ${unit}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
    formats.set(key, format);
  }
  const parts = format.formatToParts(value);
  const words = parts.filter(
    ({ type }) => type === "unit" || type === "percentSign" || type === "literal",
  );
  return words
    .map((part) => part.value)
    .join("")
    .trim();
}

/** @returns a regular expression's alternation of the signs, the longest first */
export function signPattern(signs: readonly string[]): string {
  const escaped = signs.map((sign) => sign.replace(/[/^.$]/gu, String.raw`\$&`));
  return escaped.sort((one, other) => other.length - one.length).join("|");
}
