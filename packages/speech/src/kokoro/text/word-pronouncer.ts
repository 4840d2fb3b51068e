import type { Accent } from "./accent";
import { functionWord, type PlacedWord } from "./function-words";
import { inflectionsOf } from "./inflections";
import type { PronunciationLexicon } from "./pronunciation-lexicon";
import { primaryStress, secondaryStress, withStress } from "./stress";
import { parentTag, type Tag } from "./tag";
import type { WordContext } from "./word-context";

/**
 * Pronounces words that the lexicon knows, or knows without their ending, as misaki does: its rules
 * for stress, capitals, endings and small words.
 */
export class WordPronouncer {
  readonly #lexicon: PronunciationLexicon;
  readonly #accent: Accent;

  constructor(lexicon: PronunciationLexicon, accent: Accent) {
    this.#lexicon = lexicon;
    this.#accent = accent;
  }

  /**
   * @param written of letters and apostrophes, perhaps with hyphens or dots in it
   * @returns null for a word that is not known
   */
  pronounce(written: string, tag: Tag | null, context: WordContext): string | null {
    // The apostrophe of "the dogs' toys" is silent.
    const word = written.replace(/(?<=s)'$/u, "");
    const stress = word === word.toLowerCase() ? null : word === word.toUpperCase() ? 2 : 0.5;
    const placed: PlacedWord = { text: word, tag, stress, context };
    const small = functionWord(placed);
    if (small !== null) return small;
    if (isDotted(word)) return this.spell(word);
    if (word.toLowerCase() === "used" && context.beforeTo && tag !== "VBN") {
      return this.#look({ ...placed, text: "used", tag: "VBD" });
    }
    const known = { ...placed, text: this.#uncapitalized(placed) };
    if (this.#isKnown(known.text)) return this.#look(known);
    if (word.endsWith("'") && this.#isKnown(word.slice(0, -1))) {
      return this.#look({ ...placed, text: word.slice(0, -1) });
    }
    return this.#inflected(known);
  }

  /** The letters' names, the last one stressed; null when one has no name. */
  spell(word: string): string | null {
    const names: string[] = [];
    for (const letter of word.replace(/[^\p{L}]/gu, "")) {
      const name = this.#lexicon.find(letter.toUpperCase(), this.#accent)?.phonemes;
      if (name == null) return null;
      names.push(name);
    }
    const letters = withStress(names.join(""), 0);
    const last = letters.lastIndexOf(secondaryStress);
    if (last < 0) return letters === "" ? null : letters;
    return letters.slice(0, last) + primaryStress + letters.slice(last + 1);
  }

  /** A capitalized or shouted word in small letters, where the lexicon has it only so. */
  #uncapitalized({ text, tag, context, stress }: PlacedWord): string {
    const lower = text.toLowerCase();
    const hasOrdinaryCapitals = text === text.toUpperCase() || text.slice(1) === lower.slice(1);
    const mayChange =
      text.length > 1 &&
      text !== lower &&
      /^[\p{L}']+$/u.test(text) &&
      (tag !== "NAME" || text.length > 7) &&
      hasOrdinaryCapitals;
    if (!mayChange || this.#lexicon.find(text, this.#accent) !== null) return text;
    if (this.#lexicon.find(lower, this.#accent) !== null) return lower;
    return this.#inflected({ text: lower, tag, context, stress }) === null ? text : lower;
  }

  #isKnown(word: string): boolean {
    if (this.#lexicon.find(word, this.#accent) !== null) return true;
    if (!/^[A-Za-z]+$/u.test(word)) return false;
    if (word.length === 1 || word.slice(1) === word.slice(1).toUpperCase()) return true;
    const isShouted = word === word.toUpperCase();
    return isShouted && this.#lexicon.find(word.toLowerCase(), this.#accent)?.isGold === true;
  }

  #inflected(word: PlacedWord): string | null {
    for (const [index, { stems, inflect }] of inflectionsOf(word.text).entries()) {
      const stem = stems.find((candidate) => this.#isKnown(candidate));
      if (stem === undefined) continue;
      // Of -ing, the stem is stressed at least a little.
      const stress = index === 2 ? (word.stress ?? 0.5) : word.stress;
      const sound = this.#look({ ...word, text: stem, stress });
      const inflected = sound === null ? null : inflect(sound, this.#accent);
      if (inflected !== null) return inflected;
    }
    return null;
  }

  #look({ text, tag, stress, context }: PlacedWord): string | null {
    const written = this.#lexicon.find(text, this.#accent);
    const isLowered = text === text.toUpperCase() && written?.isGold !== true;
    const isName = isLowered && tag === "NAME";
    const found = isLowered ? this.#lexicon.find(text.toLowerCase(), this.#accent) : written;
    const entry = isName && found?.isGold !== true ? null : found;
    const phonemes = entry === null ? null : variant(entry, tag, context);
    if (phonemes === null || (isName && !phonemes.includes(primaryStress))) {
      const spelled = this.spell(text);
      if (spelled !== null) return spelled;
    }
    return phonemes === null ? null : withStress(phonemes, stress);
  }
}

function variant(
  { phonemes, variants }: NonNullable<ReturnType<PronunciationLexicon["find"]>>,
  tag: Tag | null,
  { beforeVowel }: WordContext,
): string | null {
  if (beforeVowel === null && variants.has("final")) return variants.get("final") ?? null;
  if (tag === null) return phonemes;
  const chosen = variants.has(tag) ? tag : parentTag(tag);
  return variants.has(chosen) ? (variants.get(chosen) ?? null) : phonemes;
}

/** Whether a word is an abbreviation such as "U.S." or "e.g.". */
function isDotted(word: string): boolean {
  const inner = word.replace(/^\.+|\.+$/gu, "");
  return inner.includes(".") && word.split(".").every((part) => /^\p{L}{0,2}$/u.test(part));
}
