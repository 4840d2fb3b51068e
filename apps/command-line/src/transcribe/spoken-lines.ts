import type { Output } from "../command-context";

/** Characters of a partial line; the whole text of a long file would flood the terminal. */
const longestPartial = 240;

/** Text output of one file: `[PARTIAL]` lines, and `[FINAL]` at the end. */
export class SpokenLines {
  readonly #output: Output;
  #text = "";

  constructor(output: Output) {
    this.#output = output;
  }

  /** Whether the text differs from the last partial one. */
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
