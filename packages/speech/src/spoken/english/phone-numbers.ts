import { rewrite } from "../rewrite";
import { figures } from "./amounts";

const northAmerican =
  /(?<![\p{L}\p{N}.,-])(?:(?<country>\+?1)[ .-]?)?(?:\((?<area>\d{3})\)\s?|(?<bare>\d{3})[ .-])(?<exchange>\d{3})[ .-](?<line>\d{4})(?![\p{L}\p{N}-])/gu;
const international =
  /(?<![\p{L}\p{N}])\+(?<number>\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){1,6})(?![\p{L}\p{N}-])/gu;
const local =
  /(?<=\b(?:call|calling|dial|phone|tel|telephone|text|at|number|is)\b[ .:]{1,2})(?<one>\d{3})-(?<two>\d{4})(?![\p{L}\p{N}-])/giu;
const service = /(?<=\b(?:call|calling|dial|text)\s)\d{3}(?![\p{L}\p{N}]|[.,-]\d)/giu;
/** Card numbers, serial numbers, book numbers: at least three groups of figures. */
const groups = /(?<![\p{L}\p{N}.,-])\d{1,6}(?:-\d{1,7}){2,6}(?![\p{L}\p{N}-])/gu;

/** Telephone and other numbers that are read figure by figure, with a pause at each gap. */
export function phoneWords(text: string): string {
  let spoken = rewrite(text, northAmerican, ({ country, area, bare, exchange = "", line = "" }) => {
    const prefix = country === undefined ? "" : `${country.startsWith("+") ? "plus " : ""}one, `;
    return `${prefix}${figures(area ?? bare ?? "")}, ${figures(exchange)}, ${figures(line)}`;
  });
  spoken = rewrite(spoken, international, ({ number = "" }) =>
    number.replace(/\D/gu, "").length < 7 ? null : `plus ${inGroups(number)}`,
  );
  spoken = rewrite(spoken, local, ({ one = "", two = "" }) => `${figures(one)}, ${figures(two)}`);
  spoken = rewrite(spoken, service, (_, number) => figures(number));
  return rewrite(spoken, groups, (_, number) => inGroups(number));
}

function inGroups(number: string): string {
  return (number.match(/\d{1,20}/gu) ?? []).map(figures).join(", ");
}
