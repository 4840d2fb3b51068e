import { capitalised, type Intent } from "../heard";
import { readNumber, sayNumber } from "../number-words";

type Operator = "plus" | "minus" | "times" | "divided by";
type Sum = {
  numbers: number[];
  operators: Operator[];
  /** Index of the token after it. */
  end: number;
};

const operatorWords: readonly (readonly [string, Operator])[] = [
  ["divided by", "divided by"],
  ["divide by", "divided by"],
  ["multiplied by", "times"],
  ["multiply by", "times"],
  ["over", "divided by"],
  ["÷", "divided by"],
  ["/", "divided by"],
  ["plus", "plus"],
  ["+", "plus"],
  ["minus", "minus"],
  ["-", "minus"],
  ["times", "times"],
  ["time", "times"],
  ["x", "times"],
  ["×", "times"],
  ["*", "times"],
];

/** Words that recognisers write for numbers that sound alike; used beside an operator only. */
const homophones = new Map([
  ["to", 2],
  ["too", 2],
  ["for", 4],
  ["fore", 4],
  ["won", 1],
  ["ate", 8],
  ["tree", 3],
  ["tin", 10],
  ["sex", 6],
]);

/** "What is twelve times seven?", "Is six plus nine eleven?" */
export const arithmetic: Intent = ({ words }) => {
  for (let at = 0; at < words.length; at++) {
    const sum = readSum(words, at);
    if (sum === null) continue;
    const result = solve(sum);
    if (result === null) return "Nobody can divide by zero, and I am no exception.";
    const spoken = sum.numbers.map((value, index) => {
      const operator = sum.operators[index];
      return operator === undefined ? sayNumber(value) : `${sayNumber(value)} ${operator}`;
    });
    const answer = `${spoken.join(" ")} is ${sayNumber(result)}.`;
    const guess = words[at - 1] === "is" ? readNumber(words, sum.end) : null;
    if (guess === null) return capitalised(answer);
    return `${guess.value === result ? "Yes" : "No"}, ${answer}`;
  }
  return null;
};

function readSum(words: readonly string[], from: number): Sum | null {
  const numbers: number[] = [];
  const operators: Operator[] = [];
  let at = from;
  let end = from;
  for (;;) {
    const number = readNumber(words, at) ?? readHomophone(words, at);
    if (number === null) break;
    numbers.push(number.value);
    at += number.length;
    end = at;
    const operator = readOperator(words, at);
    if (operator === null) break;
    operators.push(operator.operator);
    at += operator.length;
  }
  operators.length = Math.max(0, Math.min(operators.length, numbers.length - 1));
  return operators.length === 0 ? null : { numbers, operators, end };
}

function readHomophone(words: readonly string[], at: number) {
  const value = homophones.get(words[at] ?? "");
  return value === undefined ? null : { value, length: 1 };
}

function readOperator(words: readonly string[], at: number) {
  for (const [phrase, operator] of operatorWords) {
    const parts = phrase.split(" ");
    if (parts.every((part, index) => words[at + index] === part)) {
      return { operator, length: parts.length };
    }
  }
  return null;
}

/** Multiplication and division first. @returns null for a division by zero */
function solve({ numbers, operators }: Sum): number | null {
  const terms = [numbers[0] ?? 0];
  for (const [index, operator] of operators.entries()) {
    const value = numbers[index + 1] ?? 0;
    const last = terms.length - 1;
    if (operator === "plus") terms.push(value);
    else if (operator === "minus") terms.push(-value);
    else if (operator === "times") terms[last] = (terms[last] ?? 0) * value;
    else if (value === 0) return null;
    else terms[last] = (terms[last] ?? 0) / value;
  }
  return terms.reduce((total, term) => total + term, 0);
}
