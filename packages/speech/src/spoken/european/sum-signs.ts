import { rewrite } from "../rewrite";

const operand = String.raw`\(?\d{1,15}(?:[.,]\d{1,9})?\)?`;
const expression = String.raw`${operand}(?:\s?[-−+*/×÷:]\s?${operand}){1,12}`;
const date = /^(?:[12]\d{3}-\d{2}-\d{2}|\d{1,2}[-/]\d{1,2}[-/](?:[12]\d{3}|\d{2}))$/u;

/** Minus signs of sums, which would be ranges elsewhere: "10-4=6", "Was ist 12-5?". */
export class SumSigns {
  readonly #minus: string;
  readonly #answered: RegExp;
  readonly #asked: RegExp;

  /** @param asks pattern of words before a sum: "was ist" @param minus the word for the sign */
  constructor(asks: string, minus: string) {
    this.#minus = minus;
    this.#answered = new RegExp(String.raw`(?<![\p{L}\p{N}.,/$€£-])${expression}(?=\s?=)`, "giu");
    this.#asked = new RegExp(
      String.raw`(?<=(?:(?:^|[^\p{L}])(?:${asks})|=):?\s?)${expression}(?![\p{L}\p{N}/-]|[.,:]\d)`,
      "giu",
    );
  }

  of(text: string): string {
    return [this.#answered, this.#asked].reduce(
      (spoken, pattern) =>
        rewrite(spoken, pattern, (_, sum) =>
          date.test(sum)
            ? null
            : sum.replace(/(?<=[\d)])\s?[-−]\s?(?=[\d(])/gu, ` ${this.#minus} `),
        ),
      text,
    );
  }
}
