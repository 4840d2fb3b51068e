import { thousands } from "./thousands";

const small = (
  "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici " +
  "quattordici quindici sedici diciassette diciotto diciannove"
).split(" ");
const tens = "- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split(" ");
const powers = [
  ["un milione", "milioni"],
  ["un miliardo", "miliardi"],
  ["mille miliardi", "mila miliardi"],
] as const;

/** @returns 121 as "centoventuno", 2 003 as "duemilatré" */
export function italianNumber(value: number): string {
  if (value === 0) return "zero";
  let words = "";
  for (const { group, power } of thousands(value)) {
    const large = powers[power - 2];
    if (large !== undefined) {
      words += `${group === 1 ? large[0] : `${belowThousand(group)} ${large[1]}`} `;
    } else if (power === 1) words += group === 1 ? "mille" : `${belowThousand(group)}mila`;
    else words += belowThousand(group);
  }
  return words.trim().replace(/(?<=[a-z])tre$/u, "tré");
}

function belowThousand(value: number): string {
  if (value < 20) return small[value] ?? "";
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)] ?? "";
    const rest = value % 10;
    if (rest === 0) return ten;
    // Two vowels do not meet: ventuno, ventotto.
    return (rest === 1 || rest === 8 ? ten.slice(0, -1) : ten) + (small[rest] ?? "");
  }
  const count = Math.floor(value / 100);
  const hundred = count === 1 ? "cento" : `${small[count] ?? ""}cento`;
  const rest = value % 100;
  if (rest === 0) return hundred;
  return (rest >= 80 && rest < 90 ? hundred.slice(0, -1) : hundred) + belowThousand(rest);
}
