import { silentAnswer } from "../../contracts/chat-model";

/** The mark in whatever brackets and emphasis a model writes it. */
const mark = /^[\s*_"'`]*[([]\s*silence\s*[)\]][\s*_"'`.]*/iu;

/** Longer beginnings are not the mark, however much space is in them. */
const longestMark = 40;

/**
 * Keeps the mark of an answer that is silence out of what is spoken and shown. The beginning of an
 * answer is held back for as long as it may be that mark.
 */
export class ChosenSilence {
  #held = "";
  #isOver = false;
  #isChosen = false;

  /** The answer began with the mark, and no words followed. */
  get isChosen(): boolean {
    return this.#isChosen;
  }

  /** @returns the text that is certainly part of the answer */
  push(text: string): string {
    if (this.#isOver) return text;
    this.#held += text;
    if (mayBecomeMark(this.#held)) return "";
    const found = mark.exec(this.#held);
    const rest = found === null ? this.#held : this.#held.slice(found[0].length);
    if (found !== null && rest === "") {
      this.#isChosen = true;
      return "";
    }
    this.#isOver = true;
    this.#isChosen = false;
    this.#held = "";
    return rest;
  }

  /** @returns what was held back and was no mark */
  flush(): string {
    const rest = this.#isOver || this.#isChosen ? "" : this.#held;
    this.#held = "";
    return rest;
  }
}

function mayBecomeMark(text: string): boolean {
  if (text.length > longestMark) return false;
  const plain = text.toLowerCase().replace(/[\s*_"'`]/gu, "");
  const bracketed = plain.replace("[", "(").replace("]", ")");
  return bracketed !== silentAnswer && silentAnswer.startsWith(bracketed);
}
