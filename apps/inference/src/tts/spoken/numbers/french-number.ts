import { thousands } from "./thousands";

const small = (
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze " +
  "seize dix-sept dix-huit dix-neuf"
).split(" ");
const tens =
  "- - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split(" ");
const powers = ["", "mille", "million", "milliard", "billion"];

/** @returns 71 as "soixante et onze", 80 as "quatre-vingts" */
export function frenchNumber(value: number): string {
  if (value === 0) return "zéro";
  return thousands(value)
    .map(({ group, power }) => {
      const word = powers[power] ?? "";
      if (power === 0) return belowThousand(group, true);
      if (power === 1) return group === 1 ? word : `${belowThousand(group, false)} ${word}`;
      return `${belowThousand(group, true)} ${word}${group === 1 ? "" : "s"}`;
    })
    .join(" ");
}

/** @param isLast nothing that forbids the plural's s follows, as "mille" does */
function belowThousand(value: number, isLast: boolean): string {
  if (value >= 100) {
    const count = Math.floor(value / 100);
    const hundred = count === 1 ? "cent" : `${small[count] ?? ""} cent`;
    if (value % 100 === 0) return count > 1 && isLast ? `${hundred}s` : hundred;
    return `${hundred} ${belowThousand(value % 100, isLast)}`;
  }
  if (value < 20) return small[value] ?? "";
  if (value === 80) return isLast ? "quatre-vingts" : "quatre-vingt";
  const place = Math.floor(value / 10);
  const ten = tens[place] ?? "";
  const rest = place === 7 || place === 9 ? (value % 10) + 10 : value % 10;
  if (rest === 0) return ten;
  const isJoined = (rest === 1 || rest === 11) && place < 8;
  return `${ten}${isJoined ? " et " : "-"}${small[rest] ?? ""}`;
}
