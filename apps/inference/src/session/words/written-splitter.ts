/** Text that arrives in pieces. */
export type TextSplitter = {
  /** No text waits. */
  readonly isEmpty: boolean;
  /** @returns the parts that became whole */
  push(delta: string): string[];
  /** @returns what is left; the splitter starts anew */
  flush(): string[];
  /** @returns the whole words that wait for the end of their part */
  takeWords(): string[];
};

/** Passes on text to be read, as it is: whole words with the space behind them. */
export class WrittenSplitter implements TextSplitter {
  #rest = "";

  /** Words do not wait: only the beginning of one does. */
  readonly isEmpty = true;

  push(delta: string): string[] {
    this.#rest += delta;
    const end = /\s\S*$/u.exec(this.#rest)?.index;
    return end === undefined ? [] : this.#take(end + 1);
  }

  flush(): string[] {
    return this.#take(this.#rest.length);
  }

  takeWords(): string[] {
    return [];
  }

  #take(length: number): string[] {
    const text = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return text === "" ? [] : [text];
  }
}
