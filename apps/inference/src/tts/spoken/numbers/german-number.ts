import { thousands } from "./thousands";

const small = (
  "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn " +
  "fünfzehn sechzehn siebzehn achtzehn neunzehn"
).split(" ");
const tens = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" ");
const powers = [
  ["", ""],
  ["tausend", "tausend"],
  ["eine Million", "Millionen"],
  ["eine Milliarde", "Milliarden"],
  ["eine Billion", "Billionen"],
] as const;

/** @returns 121 as "einhunderteinundzwanzig" */
export function germanNumber(value: number): string {
  if (value === 0) return "null";
  let words = "";
  for (const { group, power } of thousands(value)) {
    const [one, many] = powers[power] ?? powers[0];
    if (power >= 2) words += `${group === 1 ? one : `${belowThousand(group)} ${many}`} `;
    else words += belowThousand(group) + many;
  }
  // Counting, the last one is "eins": einhunderteins, but einundzwanzig.
  return words.trim().replace(/ein$/u, "eins");
}

function belowThousand(value: number): string {
  if (value < 20) return small[value] ?? "";
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)] ?? "";
    return value % 10 === 0 ? ten : `${small[value % 10] ?? ""}und${ten}`;
  }
  const hundred = `${small[Math.floor(value / 100)] ?? ""}hundert`;
  return value % 100 === 0 ? hundred : hundred + belowThousand(value % 100);
}
