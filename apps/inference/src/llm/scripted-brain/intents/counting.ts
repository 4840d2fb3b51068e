import { capitalised, says, type Intent } from "../heard";
import { readNumber, sayNumber } from "../number-words";

/** Counting further would take minutes. */
const maxCount = 200;

/** "Count to twenty", "Count from three to nine", "Count down from ten". */
export const counting: Intent = (heard) => {
  if (!says(heard, "count", "counting", "counts")) return null;
  const numbers: number[] = [];
  for (let at = 0; at < heard.words.length; at++) {
    const number = readNumber(heard.words, at);
    if (number === null || !Number.isInteger(number.value)) continue;
    numbers.push(number.value);
    at += number.length - 1;
  }
  if (numbers.length === 0) return "Gladly. Up to which number?";
  const isDown = says(heard, "count down", "counting down", "countdown", "backwards");
  const given =
    numbers.length > 1 ? numbers.slice(0, 2) : isDown ? [numbers[0], 1] : [1, numbers[0]];
  const [from = 1, to = 1] = given;
  const count = Math.abs(to - from) + 1;
  if (count > maxCount) return `That would take too long. I count up to ${sayNumber(maxCount)}.`;
  const step = to >= from ? 1 : -1;
  const spoken = Array.from({ length: count }, (_, index) => sayNumber(from + index * step));
  return capitalised(`${inBreaths(spoken)}.`);
};

/** Ten numbers to a sentence: a listener and a synthesiser need to breathe. */
function inBreaths(numbers: readonly string[]): string {
  const breaths: string[] = [];
  for (let at = 0; at < numbers.length; at += 10) {
    breaths.push(capitalised(numbers.slice(at, at + 10).join(", ")));
  }
  return breaths.join(". ");
}
