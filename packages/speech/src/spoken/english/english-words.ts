import { abbreviationWords } from "./abbreviations";
import { acronymWords } from "./acronyms";
import { dateWords } from "./calendar-dates";
import { timeWords } from "./clock-times";
import { decadeWords, figureWords } from "./figure-words";
import { identifierWords } from "./identifiers";
import { measureWords } from "./measures";
import { moneyWords } from "./money";
import { phoneWords } from "./phone-numbers";
import { romanWords } from "./roman-numerals";
import { pathWords } from "./paths";
import { symbolWords } from "./symbols";

/**
 * Puts English figures, signs and abbreviations in words. The order matters: dates before sums of
 * money, sums before numbers.
 *
 * @param isDayFirst 3/4/2026 is the third of April
 */
export function englishWords(text: string, isDayFirst: boolean): string {
  let spoken = abbreviationWords(romanWords(pathWords(text)));
  spoken = timeWords(dateWords(spoken, isDayFirst));
  spoken = moneyWords(phoneWords(decadeWords(spoken)));
  spoken = identifierWords(measureWords(spoken));
  return acronymWords(figureWords(symbolWords(spoken)));
}
