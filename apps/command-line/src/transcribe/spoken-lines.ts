import type { Output } from "../command-context";

/** An hour's words on a line for each second of it would be read by nobody. */
const longestPartial = 240;

/** The words of one file while they come: `[PARTIAL]` lines, and `[FINAL]` at the end. */
export class SpokenLines {
  readonly #output: Output;
  #text = "";

  constructor(output: Output) {
    this.#output = output;
  }

  /** @returns whether there is something new to be printed */
  isNew(text: string): boolean {
    return text !== this.#text && text !== "";
  }

  partial(text: string): void {
    this.#text = text;
    this.#output.write(`[PARTIAL] ${endOf(text)}\n`);
  }

  final(text: string): void {
    this.#output.write(`[FINAL]   ${text}\n`);
  }
}

function endOf(text: string): string {
  if (text.length <= longestPartial) return text;
  return `…${text.slice(text.indexOf(" ", text.length - longestPartial))}`;
}
