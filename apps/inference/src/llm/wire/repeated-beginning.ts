/** A shorter text may come twice because the model means it: "ha ha". */
const shortestRepetition = 20;

/**
 * Leaves out the answer so far where a server writes it once more before it goes on: vLLM up to 0.6.4
 * and llama.cpp in May 2026 did.
 */
export class RepeatedBeginning {
  readonly #written: string;
  #seen = "";
  #isOver: boolean;

  /** @param written the answer so far */
  constructor(written: string) {
    this.#written = written;
    this.#isOver = written.length < shortestRepetition;
  }

  /** @returns what is new, as soon as that is certain */
  push(text: string): string {
    if (this.#isOver) return text;
    this.#seen += text;
    const mayRepeat = this.#written.startsWith(this.#seen);
    if (mayRepeat && this.#seen.length < this.#written.length) return "";
    return this.#end();
  }

  /** @returns what was kept back: it only began like a repetition */
  flush(): string {
    return this.#isOver ? "" : this.#end();
  }

  #end(): string {
    this.#isOver = true;
    const isRepeated = this.#seen.startsWith(this.#written);
    return isRepeated ? this.#seen.slice(this.#written.length) : this.#seen;
  }
}
