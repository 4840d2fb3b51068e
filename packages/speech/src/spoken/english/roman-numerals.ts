import { numberToWords } from "../number-to-words";
import { rewrite } from "../rewrite";
import { ordinalToWords } from "./amounts";

const numeral = String.raw`(?=[IVX])(?<roman>X{0,3}(?:IX|IV|V?I{0,3}))(?![\p{L}\p{N}'])`;
const counted = new RegExp(
  String.raw`\b(?<before>(?:World War|Chapter|Part|Act|Scene|Volume|Book|Section|Article|Phase|Type|Class|Level|Stage|Super Bowl|Title|Appendix|Vatican|Rocky|Episode)\s)${numeral}`,
  "gu",
);
const monarch = new RegExp(
  String.raw`\b(?<before>(?:Henry|Louis|Elizabeth|Charles|George|William|Edward|Richard|James|Philip|Napoleon|Pius|Benedict|John Paul|Paul|Catherine|Frederick|Ramses|Alexander|Nicholas|Leo|Francis|Peter|Mary|Felipe|Carlos|Wilhelm|Friedrich|Clement|Gregory|Innocent|Urban|Ivan|Mehmed|Ptolemy|Cleopatra)\s)${numeral}`,
  "gu",
);

/** Roman numerals in unambiguous places: "World War II", "Henry VIII". */
export function romanWords(text: string): string {
  const spoken = rewrite(text, counted, ({ before = "", roman = "" }) => {
    return before + numberToWords(valueOf(roman), "en");
  });
  return rewrite(spoken, monarch, ({ before = "", roman = "" }) => {
    return `${before}the ${ordinalToWords(valueOf(roman))}`;
  });
}

function valueOf(roman: string): number {
  const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
  let sum = 0;
  let last = 0;
  for (const letter of Array.from(roman).reverse()) {
    const value = values[letter] ?? 0;
    sum += value < last ? -value : value;
    last = value;
  }
  return sum;
}
