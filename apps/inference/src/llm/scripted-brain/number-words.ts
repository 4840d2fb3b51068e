const small =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const values = new Map<string, number>([
  ...small.map((word, index) => [word, index] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
  ["fourty", 40],
  ["oh", 0],
]);
const scales = new Map([
  ["thousand", 1_000],
  ["million", 1_000_000],
]);

/** @returns the number that begins at `at` and its length in tokens, or null */
export function readNumber(
  tokens: readonly string[],
  at: number,
): { value: number; length: number } | null {
  const first = tokens[at] ?? "";
  if (/^\d/.test(first)) return { value: Number(first.replaceAll(",", "")), length: 1 };
  let total = 0;
  let group: number | null = null;
  let last = Infinity;
  let end = at;
  for (let index = at; index < tokens.length; index++) {
    const token = tokens[index] ?? "";
    const next = tokens[index + 1] ?? "";
    const isArticle: boolean =
      group === null && token === "a" && (next === "hundred" || scales.has(next));
    const value: number | undefined = isArticle ? 1 : values.get(token);
    const scale = scales.get(token);
    if (value !== undefined && (group === null || value < last)) {
      // "twenty one" adds up; "one twenty" are two numbers.
      if (last < 20) break;
      group = (group ?? 0) + value;
      last = value;
    } else if (token === "hundred" && group !== null && group < 100) {
      group *= 100;
      last = 100;
    } else if (scale !== undefined && group !== null) {
      total += group * scale;
      group = 0;
      last = Infinity;
    } else if (token === "and" && last === 100 && values.has(next)) {
      continue;
    } else {
      break;
    }
    end = index + 1;
  }
  return group === null ? null : { value: total + group, length: end - at };
}

/** @returns the number in words, with up to three decimals */
export function sayNumber(value: number): string {
  if (!Number.isFinite(value)) return "no number";
  if (value < 0) return `minus ${sayNumber(-value)}`;
  const whole = Math.floor(value);
  const decimals = Math.round((value - whole) * 1_000);
  if (decimals === 1_000) return sayNumber(whole + 1);
  if (decimals === 0) return sayWhole(whole);
  const digits = decimals.toString().padStart(3, "0").replace(/0+$/, "");
  return `${sayWhole(whole)} point ${Array.from(digits)
    .map((digit) => sayWhole(Number(digit)))
    .join(" ")}`;
}

function sayWhole(value: number): string {
  // Larger numbers are easier to follow as digits.
  if (value >= 1_000_000_000) return value.toString();
  if (value < 20) return small[value] ?? "";
  if (value < 100) {
    const rest = value % 10;
    return `${tens[Math.floor(value / 10) - 2] ?? ""}${rest > 0 ? `-${sayWhole(rest)}` : ""}`;
  }
  const [unit, name] =
    value < 1_000
      ? ([100, "hundred"] as const)
      : value < 1_000_000
        ? ([1_000, "thousand"] as const)
        : ([1_000_000, "million"] as const);
  const rest = value % unit;
  const joint = unit === 100 || rest >= 100 ? " " : " and ";
  const tail = rest === 0 ? "" : `${unit === 100 ? " and " : joint}${sayWhole(rest)}`;
  return `${sayWhole(Math.floor(value / unit))} ${name}${tail}`;
}
