import { numberToWords } from "../number-to-words";
import { romanValue } from "../roman-value";
import { rewrite } from "../rewrite";
import { ordinalToWords } from "./amounts";

const numeral = String.raw`(?=[IVXLC])(?<roman>C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\p{L}\p{N}'])`;
const counted = new RegExp(
  String.raw`\b(?<before>(?:World War|[Cc]hapter|[Pp]art|[Aa]ct|[Ss]cene|[Vv]olume|[Bb]ook|[Ss]ection|Article|Phase|Type|Class|Level|Stage|Super Bowl|Title|Appendix|Vatican|Rocky|Episode)\s)${numeral}`,
  "gu",
);
const monarch = new RegExp(
  String.raw`\b(?<before>(?:Henry|Louis|Elizabeth|Charles|George|William|Edward|Richard|James|Philip|Napoleon|Pius|Benedict|John Paul|Paul|Catherine|Frederick|Ramses|Alexander|Nicholas|Leo|Francis|Peter|Mary|Felipe|Carlos|Wilhelm|Friedrich|Clement|Gregory|Innocent|Urban|Ivan|Mehmed|Ptolemy|Cleopatra)\s)${numeral}`,
  "gu",
);

/** Roman numerals in unambiguous places: "World War II", "Henry VIII". */
export function romanWords(text: string): string {
  const plain = text.replace(/[\u2160-\u217F]/gu, (sign) => sign.normalize("NFKC").toUpperCase());
  const spoken = rewrite(plain, counted, ({ before = "", roman = "" }) => {
    return before + numberToWords(romanValue(roman), "en");
  });
  return rewrite(spoken, monarch, ({ before = "", roman = "" }) => {
    return `${before}the ${ordinalToWords(romanValue(roman))}`;
  });
}
