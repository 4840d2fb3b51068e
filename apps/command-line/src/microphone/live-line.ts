import type { Output } from "../command-context";

const clearLine = "\r\u001B[K";
const defaultColumns = 80;

/** Words on a terminal's last line, rewritten until they are settled; elsewhere only settled ones. */
export class LiveLine {
  readonly #output: Output;
  #shown = "";

  constructor(output: Output) {
    this.#output = output;
  }

  show(text: string): void {
    if (this.#output.isTTY !== true) return;
    const columns = this.#output.columns ?? defaultColumns;
    // The last column stays free: some terminals go on to the next line when it is filled.
    const line = text.length < columns ? text : `…${text.slice(2 - columns)}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.#output.write(clearLine + line);
  }

  /** Keeps the words and goes on to the next line. */
  settle(text: string): void {
    if (this.#output.isTTY === true) this.#output.write(clearLine);
    this.#shown = "";
    if (text !== "") this.#output.write(`${text}\n`);
  }
}
