import { rewrite } from "../rewrite";

const enclosed =
  /\$\$(?<block>[^$]{1,500})\$\$|\$(?<inline>[^$\n]{1,200})\$|\\\((?<round>(?:[^\\]|\\(?!\))){1,500}?)\\\)|\\\[(?<square>(?:[^\\]|\\(?!\])){1,500}?)\\\]/gu;
const commands: Readonly<Record<string, string>> = {
  times: "×",
  cdot: "×",
  div: "÷",
  pm: "±",
  leq: "≤",
  le: "≤",
  geq: "≥",
  ge: "≥",
  neq: "≠",
  ne: "≠",
  approx: "≈",
  infty: "∞",
  pi: "π",
  to: "→",
  rightarrow: "→",
  circ: "°",
  degree: "°",
  ldots: ", and so on, ",
  cdots: ", and so on, ",
  dots: ", and so on, ",
};
/** Commands about the looks of a formula. */
const silent = new Set(
  (
    "left right big Big bigg Bigg displaystyle textstyle limits nolimits quad qquad text textbf textit " +
    "mathrm mathbf mathbb mathcal mathsf mathit operatorname boldsymbol boxed label tag nonumber"
  ).split(" "),
);
/** Words of operators, with what stands below and above them. */
const operators: Readonly<Record<string, string>> = {
  sum: "the sum",
  prod: "the product",
  int: "the integral",
  lim: "the limit",
};

const braced = String.raw`\{(?<%>[^{}]{0,200})\}`;
const group = (name: string) => braced.replace("%", name);
const oneOrGroup = (name: string) => String.raw`(?:${group(name)}|(?<${name}Sign>[^\s{}\\]))`;
const fraction = new RegExp(String.raw`\\[dt]?frac\s?${group("over")}\s?${group("under")}`, "gu");
const root = new RegExp(String.raw`\\sqrt(?:\[(?<degree>\w{1,3})\])?\s?${group("root")}`, "gu");
const operator = new RegExp(
  String.raw`\\(?<name>sum|prod|int|lim)(?:\\limits)?(?:_${oneOrGroup("low")})?(?:\^${oneOrGroup("high")})?`,
  "gu",
);
const interval =
  /[[(]\s?(?<from>[^\s,[\]()]{1,20})\s?,\s?(?<to>[^\s,[\]()]{1,20})\s?(?<close>[\])])/gu;

/**
 * Puts formulas in words that later rules know: `$\frac{a}{b}$`, `\(\sqrt{x}\)` and `\[x^2\]` become
 * "a over b", "√x" and "x^2".
 */
export function withoutLatex(text: string): string {
  return rewrite(text, enclosed, (groups) => {
    const { block, inline, round, square } = groups;
    // "$5 and $6" are sums of money.
    if (inline !== undefined && !/[\\^=_{}]|^\p{L}$/u.test(inline)) return null;
    return formulaWords(block ?? inline ?? round ?? square ?? "");
  });
}

function formulaWords(formula: string): string {
  let words = formula.replace(/\\[,;:!> ]|~|&/gu, " ").replace(/\\\\/gu, ", ");
  words = words.replace(/\\(?:text|mathrm|operatorname)\{([^{}]{0,200})\}/gu, " $1 ");
  words = rewrite(words, interval, ({ from = "", to = "", close }, whole) =>
    close === "]" || whole.startsWith("[") ? ` ${from} to ${to} ` : null,
  );
  // Fractions within fractions, from the inside.
  for (let depth = 0; depth < 3; depth++) {
    words = rewrite(words, fraction, ({ over = "", under = "" }) => ` ${over} over ${under} `);
    words = rewrite(words, root, ({ degree, root: of = "" }) => ` ${rootName(degree)}${of} `);
  }
  words = rewrite(words, operator, ({ name = "", low, lowSign, high, highSign }) => {
    const below = low ?? lowSign;
    const above = high ?? highSign;
    const from = below === undefined ? "" : name === "lim" ? ` as ${below}` : ` from ${below}`;
    return ` ${operators[name] ?? name}${from}${above === undefined ? "" : ` to ${above}`} of `;
  });
  return (
    words
      .replace(/\^\{?\\circ\}?/gu, "°")
      .replace(/\\(?<name>[a-z]{2,14})\*?/giu, (_, name: string) => commandWords(name))
      .replace(/\\(?<sign>[%$#&_{}|])/gu, "$1")
      .replace(/_\{?(?<low>\w{1,10})\}?/gu, " $1")
      .replace(/\^\{(?<high>[^{}]{1,30})\}/gu, "^$1")
      .replace(/(?<=\p{L}|\d)_(?=\s)/gu, " ")
      .replace(/[{}]/gu, " ")
      // "2x" is a product there, and no multiple as in "a 2x gain".
      .replace(/(?<=\d)(?=\p{L})/gu, " ")
  );
}

function rootName(degree: string | undefined): string {
  if (degree === undefined || degree === "2") return "√";
  return degree === "3" ? "the cube root of " : `the root of degree ${degree} of `;
}

function commandWords(name: string): string {
  const sign = commands[name];
  if (sign !== undefined) return sign;
  return silent.has(name) ? " " : ` ${name} `;
}
