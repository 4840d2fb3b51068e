import type { Output } from "../command-context";

const clearLine = "\r\u001B[K";
const defaultColumns = 80;

/** The last line of a terminal, rewritten until it is settled; elsewhere settled lines only. */
export class LiveLine {
  readonly #output: Output;
  #shown = "";

  constructor(output: Output) {
    this.#output = output;
  }

  show(text: string): void {
    if (this.#output.isTTY !== true) return;
    const columns = this.#output.columns ?? defaultColumns;
    // The last column stays free: some terminals wrap once it is filled.
    const line = text.length < columns ? text : `…${text.slice(2 - columns)}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.#output.write(clearLine + line);
  }

  /** Writes the final words and a line break. */
  settle(text: string): void {
    if (this.#output.isTTY === true) this.#output.write(clearLine);
    this.#shown = "";
    if (text !== "") this.#output.write(`${text}\n`);
  }
}
