import type { SessionSettings } from "../settings";
import { formulaSpans } from "./formula-spans";
import { sentenceEnd } from "./sentence-end";
import type { TextSplitter } from "./written-splitter";

type SplitterSettings = Pick<
  SessionSettings,
  "firstClauseCharacters" | "longClauseCharacters" | "maxClauseCharacters"
>;

const wideCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，、；：]/u;

/**
 * Cuts text that arrives in pieces into clauses to speak: whole sentences, but the first may end
 * at a comma so that sound starts early, and none grows beyond what a synthesiser takes well.
 */
export class ClauseSplitter implements TextSplitter {
  readonly #settings: SplitterSettings;
  readonly #language: string;
  #rest = "";
  #isFirst = true;

  /** @param language BCP 47; decides which full stops end a sentence */
  constructor(settings: SplitterSettings, language = "en") {
    this.#settings = settings;
    this.#language = language;
  }

  /** No text waits for the end of its clause. */
  get isEmpty(): boolean {
    return this.#rest.trim() === "";
  }

  /** @returns the clauses that became whole */
  push(delta: string): string[] {
    this.#rest += delta;
    return this.#cut(false);
  }

  /** @returns what is left; the splitter starts anew */
  flush(): string[] {
    const clauses = this.#cut(true);
    this.#isFirst = true;
    return clauses;
  }

  /** @returns the whole words that wait for the end of their clause */
  takeWords(): string[] {
    const end = /\s\S*$/u.exec(this.#rest)?.index ?? 0;
    const words = this.#rest.slice(0, end).trim();
    if (words === "") return [];
    this.#rest = this.#rest.slice(end);
    this.#isFirst = false;
    return [words];
  }

  #cut(isWhole: boolean): string[] {
    const clauses: string[] = [];
    for (;;) {
      this.#rest = this.#rest.trimStart();
      const end = this.#clauseEnd(isWhole);
      if (end === null) return clauses;
      const clause = this.#rest.slice(0, end).trim();
      this.#rest = this.#rest.slice(end);
      if (clause === "") continue;
      clauses.push(clause);
      this.#isFirst = false;
    }
  }

  #clauseEnd(isWhole: boolean): number | null {
    const { firstClauseCharacters, longClauseCharacters, maxClauseCharacters } = this.#settings;
    const commaFrom = this.#isFirst ? firstClauseCharacters : longClauseCharacters;
    const text = this.#rest;
    const isFormula = formulaSpans(text);
    let length = 0;
    let lastSpace = 0;
    for (let at = 0; at < text.length; at++) {
      if (isFormula(at) && length < maxClauseCharacters) {
        length++;
        continue;
      }
      const end = sentenceEnd(text, at, { isWhole, language: this.#language });
      // Whether it is an end shows only with the next text: nothing behind it can be cut yet.
      if (end === "more") return null;
      if (end !== null) return end;
      // A Chinese or Japanese character says about as much as three letters.
      length += wideCharacter.test(text.charAt(at)) ? 3 : 1;
      if (length >= commaFrom && isPauseAt(text, at)) return at + 1;
      if (/\s/.test(text.charAt(at))) lastSpace = at;
      if (length >= maxClauseCharacters) return lastSpace > 0 ? lastSpace : at + 1;
    }
    return isWhole && text !== "" ? text.length : null;
  }
}

/** A comma or its like, with a space behind it where the script has spaces. */
function isPauseAt(text: string, at: number): boolean {
  if (/[，、；：]/.test(text.charAt(at))) return true;
  if (!/[,;:—–]/.test(text.charAt(at)) || !/\s/.test(text.charAt(at + 1))) return false;
  // What a number is shows before it: "the code: 4821".
  return text.charAt(at) !== ":" || /^\s+[^\s\d#]/.test(text.slice(at + 1, at + 8));
}
