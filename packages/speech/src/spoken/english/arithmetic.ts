import { rewrite } from "../rewrite";

const operand = String.raw`\(?\d{1,15}(?:[.,]\d{1,9})?\)?`;
const expression = String.raw`${operand}(?:\s?[-−+*/×÷]\s?${operand}){1,12}`;
/** An equals sign, or words for one with a number behind them. */
const isEqual = String.raw`\s?=|\s(?:equals|makes|gives|leaves)\b|\sis\s(?:about\s|still\s|just\s|only\s)?(?:\d|(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{Ll}{3,6}teen|\p{Ll}{3,5}ty)\b)`;
const asked = String.raw`(?:what(?:'s| is| are| would be| does)|how much (?:is|are)|calculate|compute|evaluate|solve|work out|the (?:result|sum|difference|answer) (?:of|to)|difference between|subtract|equals|=)`;

const answered = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,/$€£-])(?<sum>${expression})(?=${isEqual})`,
  "giu",
);
const questioned = new RegExp(
  String.raw`(?<=(?:^|[^\p{L}])${asked}:?\s?)(?<sum>${expression})(?![\p{L}\p{N}/-]|[.,:]\d)`,
  "giu",
);
const date = /^(?:[12]\d{3}-\d{2}-\d{2}|\d{1,2}[-/]\d{1,2}[-/](?:[12]\d{3}|\d{2}))$/u;
const phone = /^\d{3}-\d{3,4}(?:-\d{4})?$/u;

/** Minus signs of sums, which would be ranges elsewhere: "10-4=6", "What is 12-5?". */
export function arithmeticWords(text: string): string {
  let spoken = text;
  for (const pattern of [answered, questioned]) {
    spoken = rewrite(spoken, pattern, ({ sum = "" }) => {
      if (date.test(sum) || phone.test(sum) || !/[-−]/u.test(sum)) return null;
      return sum.replace(/(?<=[\d)])\s?[-−]\s?(?=[\d(])/gu, " minus ");
    });
  }
  return spoken;
}
