import { rewrite } from "../rewrite";

const enclosed =
  /\$\$(?<block>[^$]{1,500})\$\$|\$(?<inline>[^$\n]{1,200})\$|\\[([](?<bracketed>[^\\]{1,300}(?:\\[a-z]{2,12}[^\\]{0,200}){0,40})\\[)\]]/gu;
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
};

/** Removes delimiters and commands of formulas: `$\frac{a}{b}$` becomes "a over b". */
export function withoutLatex(text: string): string {
  return rewrite(text, enclosed, (groups) => {
    const formula = groups.block ?? groups.inline ?? groups.bracketed ?? "";
    // "$5 and $6" are sums of money.
    if (groups.inline !== undefined && !/[\\^=_{}]|^\p{L}$/u.test(formula)) return null;
    return formula
      .replace(/\\frac\{(?<over>[^{}]{1,100})\}\{(?<under>[^{}]{1,100})\}/gu, "$1 over $2")
      .replace(/\\sqrt\{(?<root>[^{}]{1,100})\}/gu, "√$1")
      .replace(/\\(?<name>[a-z]{2,12})/giu, (_, name: string) => commands[name] ?? ` ${name} `)
      .replace(/_\{?(?<low>\w{1,10})\}?/gu, " $1")
      .replace(/\^\{(?<high>[^{}]{1,30})\}/gu, "^$1")
      .replace(/[{}]/gu, " ");
  });
}
