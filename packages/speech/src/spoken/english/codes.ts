import { rewrite } from "../rewrite";
import { figures } from "./amounts";

/** Words before a code of any length. */
const codeWords =
  "code|codes|one-time code|pin|pins|passcode|passcodes|password|otp|zip|zip code|postcode|post code|postal code|extension|ext|ssn|cvv|cvc|iban|serial|last (?:four|three|4|3)(?: digits)?|digits|ending (?:in|with)|ends (?:in|with)";
/** Nouns whose number is a code when it says so, or is long. */
const countedNouns =
  "account|order|booking|booking ref|reservation|confirmation|reference|ticket|invoice|tracking|case|claim|member|membership|customer|policy|routing|card|card's|passport|licen[cs]e|plate|registration|serial|model|part|product|item|employee|student|patient|parcel|shipment|transaction|phone|telephone|fax|mobile|cell|hotline|meter|badge|locker|id";
const number = "(?:numbers?|no\\.?|nr\\.?|#|id|ref(?:erence)?\\.?)";
/** Words between the noun and its number. */
const link =
  "(?:\\s?[:=]\\s?|\\s?(?=#)|\\s(?:is|are|was|of|to|for [a-z]{1,12} is|is now|will be|number|no\\.?)\\s(?:now\\s|still\\s)?|\\s)";
/** Figures in groups of one length, "774 201", or figures and capitals, "AB-1234". */
const code =
  "(?<hash>#\\s?)?(?<code>\\d{3}(?:\\s\\d{3}){1,4}|\\d{4}(?:\\s\\d{4}){1,4}|(?=[\\dA-Z-]{0,24}\\d)[\\dA-Z]{1,24}(?:-[\\dA-Z]{1,8}){0,4})";
const tail =
  "(?<tail>(?:(?:,\\s|,?\\s(?:and|or)\\s)\\d{2,12}(?![\\d\\p{L}]|[.,:%]\\d|\\s?%)){0,4})";
const end = "(?![\\d\\p{L}/]|[.,:]\\d|\\s?%|-\\p{L})";

const named = new RegExp(
  `(?<=(?<![\\p{L}-])(?:${codeWords}|(?:${countedNouns})\\s${number})\\.?${link})${code}${end}${tail}`,
  "giu",
);
const long = new RegExp(
  `(?<=(?<![\\p{L}-])(?:${countedNouns})${link})(?<hash>#\\s?)?(?<code>\\d{5,14}|\\d{2,8}(?:-\\d{2,8}){1,4}|(?=\\d{0,8}[A-Z])(?=[A-Z]{0,8}\\d)[\\dA-Z]{5,24})${end}${tail}`,
  "giu",
);
const typed = new RegExp(
  `(?<=(?<![\\p{L}-])(?:enter|type|type in|key in|dial|text|text (?:the word )?["']?\\p{L}{2,12}["']? to)\\s)(?<code>\\d{4,8})${end}${tail}`,
  "giu",
);
/** An airline and a number: "flight UA 2318". */
const flight = new RegExp(
  `(?<=(?<![\\p{L}-])[Ff]lights?\\s(?:number\\s|no\\.?\\s)?)(?<code>(?:[A-Z]{2}|[A-Z]\\d|\\d[A-Z])[\\s-]?\\d{1,4})${end}${tail}`,
  "gu",
);
const states =
  "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC";
const zip = new RegExp(`(?<=\\b(?:${states}),?\\s)(?<code>\\d{5}(?:-\\d{4})?)${end}`, "gu");
const extension = /(?<![\p{L}.])ext\.?(?=\s?\d)/giu;

/**
 * Codes figure by figure, as people read them out: "Your code is 482913", "ZIP code 60614",
 * "account number 12345678", "order AB-1234", "Chicago, IL 60614", "Ext. 1234".
 */
export function codeWordsOf(text: string): string {
  let spoken = text.replace(extension, (word) =>
    word.startsWith("E") ? "Extension" : "extension",
  );
  for (const pattern of [named, long, typed, zip, flight]) {
    spoken = rewrite(spoken, pattern, ({ hash, code: written = "", tail: others = "" }) => {
      if (isQuantity(written)) return null;
      const mark = hash === undefined ? "" : "number ";
      return mark + spelled(written) + others.replace(/\d{2,12}/gu, (digits) => figures(digits));
    });
  }
  return spoken;
}

/** A word in small letters is no code, nor is a version. */
function isQuantity(written: string): boolean {
  return /[a-z]/u.test(written) || !/\d/u.test(written);
}

function spelled(written: string): string {
  const groups = written
    .split(/[-\s]/u)
    .map((group) =>
      (group.match(/\d+|[A-Z]/gu) ?? [])
        .map((part) => (/\d/u.test(part) ? figures(part) : part))
        .join(" "),
    );
  return groups.join(", ");
}
