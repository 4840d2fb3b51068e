import { rewrite } from "../rewrite";
import { figures } from "./amounts";

const northAmerican =
  /(?<![\p{L}\p{N}.,-])(?:(?<country>\+?1)[ .-]?)?(?:\((?<area>\d{3})\)\s?|(?<bare>\d{3})[ .-])(?<exchange>\d{3})[ .-](?<line>\d{4})(?![\p{L}\p{N}-])/gu;
const international =
  /(?<![\p{L}\p{N}])\+(?<number>\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){1,6})(?![\p{L}\p{N}-])/gu;
const local =
  /(?<=\b(?:call|calling|dial|phone|tel|telephone|text|at|number|is)\b[ .:]{1,2})(?<one>\d{3})-(?<two>\d{4})(?![\p{L}\p{N}-])/giu;
const service =
  /(?<=\b(?:call|calling|dial|phone|ring|text|contact|reach)\s(?:[^.?!\d:;]{0,40}\s)?)\d{3}(?![\p{L}\p{N}]|[.,-]\d|\s?%|\s(?:times|people|of|more|[\p{Ll}]{2,20}s)\b)/giu;
/** Numbers that end in a word: "1-800-FLOWERS". */
const vanity =
  /(?<![\p{L}\p{N}.,-])(?:(?<country>\+?1)[ .-])?\(?(?<area>8(?:00|33|44|55|66|77|88)|900)\)?[ .-](?<word>(?=[\dA-Z-]{0,12}[A-Z]{3})[\dA-Z]{2,10}(?:-[\dA-Z]{2,7})?)(?![\p{L}\p{N}-])/gu;
/** Card numbers, serial numbers, book numbers: at least three groups of figures. */
const groups = /(?<![\p{L}\p{N}.,-])\d{1,6}(?:-\d{1,7}){2,6}(?![\p{L}\p{N}-])/gu;

/** Telephone and other numbers that are read figure by figure, with a pause at each gap. */
export function phoneWords(text: string): string {
  let spoken = rewrite(text, northAmerican, ({ country, area, bare, exchange = "", line = "" }) => {
    const prefix = country === undefined ? "" : `${country.startsWith("+") ? "plus " : ""}one, `;
    return `${prefix}${figures(area ?? bare ?? "")}, ${figures(exchange)}, ${figures(line)}`;
  });
  spoken = rewrite(spoken, vanity, ({ country, area = "", word = "" }) => {
    const prefix = country === undefined ? "" : `${country.startsWith("+") ? "plus " : ""}one, `;
    const hundreds = area.endsWith("00") ? `${figures(area.charAt(0))} hundred` : figures(area);
    const parts = (word.match(/\d+|[A-Z]+/gu) ?? []).map((part) =>
      /\d/u.test(part) ? figures(part) : part.charAt(0) + part.slice(1).toLowerCase(),
    );
    return `${prefix}${hundreds}, ${parts.join(" ")}`;
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
