import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { Accent } from "./accent";
import { phonemesOf } from "./phoneme-bytes";
import type { Tag } from "./tag";

const decompress = promisify(brotliDecompress);

/** How a word of the lexicon is spoken. */
export type LexiconEntry = {
  /** In misaki's alphabet; null for a word that is spelled out. */
  phonemes: string | null;
  /** Pronunciations by part of speech, for words that have several. */
  variants: ReadonlyMap<Tag, string | null>;
  /** Checked by people; the others were made by machine. */
  isGold: boolean;
};

/** Tags by the letters that stand for them in the file. */
const tagLetters: ReadonlyMap<string, Tag> = new Map([
  ["N", "NOUN"],
  ["V", "VERB"],
  ["A", "ADJ"],
  ["R", "ADV"],
  ["0", "final"],
  ["D", "VBD"],
  ["B", "VBN"],
  ["P", "VBP"],
  ["T", "DT"],
]);

/** misaki's dictionaries of American and British English, 216,000 words. */
export class PronunciationLexicon {
  readonly #sounds: ReadonlyMap<string, string>;

  /**
   * @param directory holds `lexicon.br`
   * @throws AppError `model-mismatch` when it is missing or damaged
   */
  static async open(directory: string): Promise<PronunciationLexicon> {
    try {
      const packed = await readFile(join(directory, "lexicon.br"));
      return new PronunciationLexicon((await decompress(packed)).toString("latin1"));
    } catch (error) {
      const reason = errorMessage(error);
      throw new AppError("model-mismatch", `${directory}: no lexicon: ${reason}`, { cause: error });
    }
  }

  /**
   * @param file words, an empty line, and their pronunciations. A word begins with the number of
   *   letters that it shares with the one before it, as a letter from A
   */
  constructor(file: string) {
    const middle = file.indexOf("\n\n");
    const words = file.slice(0, middle).split("\n");
    const sounds = file.slice(middle + 2).split("\n");
    if (middle < 0 || words.length !== sounds.length) throw new TypeError("its two parts differ");
    const found = new Map<string, string>();
    let word = "";
    for (const [index, line] of words.entries()) {
      word = word.slice(0, line.charCodeAt(0) - 65) + line.slice(1);
      found.set(word, sounds[index] ?? "");
    }
    this.#sounds = found;
  }

  /**
   * The entry of a word as it is written, or of the same word with or without a capital at its
   * beginning.
   */
  find(word: string, accent: Accent): LexiconEntry | null {
    const written = this.#read(word, accent);
    if (written?.isGold === true || word.length < 2) return written;
    const lower = word.toLowerCase();
    const capitalized = lower.charAt(0).toUpperCase() + lower.slice(1);
    const other =
      word === capitalized
        ? this.#read(lower, accent)
        : word === lower
          ? this.#read(capitalized, accent)
          : null;
    return written === null || other?.isGold === true ? other : written;
  }

  #read(word: string, accent: Accent): LexiconEntry | null {
    const [us = "", gb = us] = (this.#sounds.get(word) ?? "").split("\t");
    const stored = accent === "us" ? us : gb;
    if (stored === "") return null;
    const isGold = !stored.startsWith("~");
    const [spoken = "", ...others] = phonemesOf(isGold ? stored : stored.slice(1)).split(",");
    const variants = new Map<Tag, string | null>();
    for (const other of others) {
      const tag = tagLetters.get(other.charAt(0));
      if (tag !== undefined) variants.set(tag, orNull(other.slice(2)));
    }
    return { phonemes: orNull(spoken), variants, isGold };
  }
}

function orNull(phonemes: string): string | null {
  return phonemes === "" ? null : phonemes;
}
