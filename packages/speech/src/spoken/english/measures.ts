import { rewrite } from "../rewrite";
import { signPattern, unitSigns, unitWords } from "../units";
import { amount, amountToWords, notInWord } from "./amounts";

/** Units that `Intl` does not name: their singular, and their plural if irregular. */
const otherUnits: Readonly<Record<string, readonly [one: string, many?: string]>> = {
  "m²": ["square meter"],
  m2: ["square meter"],
  "m^2": ["square meter"],
  "m³": ["cubic meter"],
  m3: ["cubic meter"],
  "km²": ["square kilometer"],
  "cm²": ["square centimeter"],
  "cm³": ["cubic centimeter"],
  "ft²": ["square foot", "square feet"],
  "sq ft": ["square foot", "square feet"],
  nm: ["nanometer"],
  µm: ["micrometer"],
  mg: ["milligram"],
  µg: ["microgram"],
  mcg: ["microgram"],
  dl: ["deciliter"],
  cl: ["centiliter"],
  KiB: ["kibibyte"],
  MiB: ["mebibyte"],
  GiB: ["gibibyte"],
  TiB: ["tebibyte"],
  Hz: ["hertz", "hertz"],
  kHz: ["kilohertz", "kilohertz"],
  MHz: ["megahertz", "megahertz"],
  GHz: ["gigahertz", "gigahertz"],
  W: ["watt"],
  kW: ["kilowatt"],
  MW: ["megawatt"],
  GW: ["gigawatt"],
  Wh: ["watt hour"],
  kWh: ["kilowatt hour"],
  V: ["volt"],
  mV: ["millivolt"],
  mA: ["milliamp"],
  mAh: ["milliamp hour"],
  Ω: ["ohm"],
  kΩ: ["kilohm"],
  hPa: ["hectopascal"],
  kPa: ["kilopascal"],
  psi: ["pound per square inch", "pounds per square inch"],
  rpm: ["revolution per minute", "revolutions per minute"],
  fps: ["frame per second", "frames per second"],
  dB: ["decibel"],
  kcal: ["kilocalorie"],
  cal: ["calorie"],
  kJ: ["kilojoule"],
  px: ["pixel"],
  tbsp: ["tablespoon"],
  tsp: ["teaspoon"],
  K: ["thousand", "thousand"],
  k: ["thousand", "thousand"],
  M: ["million", "million"],
  B: ["billion", "billion"],
  "‰": ["per mille", "per mille"],
};
/** Signs that are units only directly after a number. */
const scale = new Set(["K", "k", "M", "B"]);

const units = signPattern([...unitSigns, ...Object.keys(otherUnits)]);
const joined = String.raw`(?:\s?(?<join>[–—-]|x|×|to|by)\s?(?<to>${amount}))?`;
const measure = new RegExp(
  String.raw`${notInWord}(?:(?<=(?<article>\b[Aa]n?)\s)|)(?<minus>(?<![\p{L}\p{N}]|\p{N}\s)-)?(?<from>${amount})${joined}(?<gap>[\s-]?)(?<unit>${units})(?![\p{L}\p{N}²³/^]|-(?=\d))(?<stop>\.(?=\s[\p{Ll}\d]))?`,
  "gu",
);
const feetAndInches =
  /(?<![\p{L}\p{N}.'])(?<feet>\d{1,2})(?:'\s?|\s?ft\.?\s)(?<inches>\d{1,2})(?:"|''|\s?in(?:ches)?\b)/gu;
const inches = new RegExp(
  String.raw`${notInWord}(?<from>${amount})[\s-]?(?:in|″)(?=$|[,;)]|\.(?:\s|$)|\s(?:wide|long|tall|high|deep|thick|x|by)\b)`,
  "gu",
);
const times = new RegExp(String.raw`${notInWord}(?<from>${amount})[x×](?![\p{L}\p{N}])`, "gu");

/** Numbers with a unit in words: "5 km/h", "-3°C", "10–20 kg", "50%", "6'2\"", "10K". */
export function measureWords(text: string): string {
  let spoken = rewrite(text, feetAndInches, ({ feet = "", inches: rest = "" }) => {
    const foot = feet === "1" ? "foot" : "feet";
    const inch = rest === "1" ? "inch" : "inches";
    return `${amountToWords(feet)} ${foot} ${amountToWords(rest)} ${inch}`;
  });
  spoken = rewrite(spoken, measure, (groups) => {
    const { from = "", to, gap = "", unit = "", join = "", minus } = groups;
    if (scale.has(unit) && gap !== "") return null;
    // Screen resolutions: 4K, 8K
    if (unit === "K" && /^[48]$/u.test(from)) return null;
    // "a 16 GB card", "a 5-km run"
    const isAdjective = gap === "-" || groups.article !== undefined;
    const count = isAdjective ? 1 : Number((to ?? from).replaceAll(",", ""));
    const name = unitName(unit, minus === undefined ? count : -count);
    const sign = minus === undefined ? "" : "minus ";
    const until = to === undefined ? "" : ` ${joinWord(join)} ${amountToWords(to)}`;
    return `${sign}${amountToWords(from)}${until}${gap === "-" ? "-" : " "}${name}`;
  });
  spoken = rewrite(spoken, inches, ({ from = "" }) =>
    from === "1" ? "one inch" : `${amountToWords(from)} inches`,
  );
  return rewrite(spoken, times, ({ from = "" }) => `${amountToWords(from)} times`);
}

function unitName(sign: string, count: number): string {
  const other = otherUnits[sign];
  if (other === undefined) return unitWords(sign, count, "en-US") ?? sign;
  const [one, many = `${one}s`] = other;
  return count === 1 || count === -1 ? one : many;
}

function joinWord(join: string): string {
  return join === "x" || join === "×" || join === "by" ? "by" : "to";
}
