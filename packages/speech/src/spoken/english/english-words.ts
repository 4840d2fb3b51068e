import { arithmeticWords } from "./arithmetic";
import { codeWordsOf } from "./codes";
import { abbreviationWords } from "./abbreviations";
import { acronymWords, initialPairs } from "./acronyms";
import { dateWords } from "./calendar-dates";
import { timeWords } from "./clock-times";
import { decadeWords, figureWords, scientificWords } from "./figure-words";
import { identifierWords } from "./identifiers";
import { measuredFractions, plainFractions } from "./fractions";
import { magnitudeWords, numberedLetterWords } from "./magnitudes";
import { measureWords } from "./measures";
import { moneyWords } from "./money";
import { phoneWords } from "./phone-numbers";
import { romanWords } from "./roman-numerals";
import { pathWords } from "./paths";
import { wordRangeWords } from "./word-ranges";
import { symbolWords } from "./symbols";

/**
 * Puts English figures, signs and abbreviations in words. The order matters: dates before sums of
 * money, sums before numbers.
 *
 * @param isDayFirst 3/4/2026 is the third of April
 */
export function englishWords(text: string, isDayFirst: boolean): string {
  let spoken = abbreviationWords(romanWords(pathWords(initialPairs(text))));
  spoken = arithmeticWords(codeWordsOf(wordRangeWords(spoken)));
  spoken = timeWords(dateWords(spoken, isDayFirst));
  spoken = moneyWords(phoneWords(decadeWords(scientificWords(spoken))));
  spoken = measureWords(measuredFractions(plainFractions(magnitudeWords(spoken))));
  spoken = identifierWords(numberedLetterWords(spoken));
  return acronymWords(figureWords(symbolWords(spoken)));
}
