import { thousands } from "./thousands";

const small = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
  "fifteen sixteen seventeen eighteen nineteen"
).split(" ");
const tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const powers = ["", " thousand", " million", " billion", " trillion"];

/** @returns 123 as "one hundred twenty-three" */
export function englishNumber(value: number): string {
  if (value === 0) return "zero";
  return thousands(value)
    .map(({ group, power }) => `${belowThousand(group)}${powers[power] ?? ""}`)
    .join(" ");
}

function belowThousand(value: number): string {
  if (value < 20) return small[value] ?? "";
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)] ?? "";
    return value % 10 === 0 ? ten : `${ten}-${small[value % 10] ?? ""}`;
  }
  const hundred = `${small[Math.floor(value / 100)] ?? ""} hundred`;
  return value % 100 === 0 ? hundred : `${hundred} ${belowThousand(value % 100)}`;
}
