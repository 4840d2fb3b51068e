import type { LetterToSound } from "../letters/letter-to-sound";
import type { Accent } from "./accent";
import { britishSounds } from "./british-sounds";
import { guessTag } from "./guess-tags";
import type { PronunciationLexicon } from "./pronunciation-lexicon";
import { primaryStress, weight, withStress } from "./stress";
import type { Tag } from "./tag";
import { atTheEnd, contextBefore, type WordContext } from "./word-context";
import { wordParts } from "./word-parts";
import { WordPronouncer } from "./word-pronouncer";
import { writtenPieces } from "./written-words";

export type EnglishPhonemesOptions = {
  lexicon: PronunciationLexicon;
  letters: LetterToSound;
  accent: Accent;
};

/** English text to phonemes in misaki's alphabet, which is what Kokoro was trained on. */
export class EnglishPhonemes {
  readonly #pronouncer: WordPronouncer;
  readonly #letters: LetterToSound;
  readonly #accent: Accent;

  constructor({ lexicon, letters, accent }: EnglishPhonemesOptions) {
    this.#pronouncer = new WordPronouncer(lexicon, accent);
    this.#letters = letters;
    this.#accent = accent;
  }

  /**
   * @param text a sentence or a part of one, with figures and signs in words (`SpokenClauses`)
   * @returns empty when there is nothing to say
   */
  of(text: string): string {
    const pieces = writtenPieces(text);
    const words = pieces.flatMap((piece) => (piece.type === "word" ? piece.text : []));
    if (words.length === 0) return "";
    let index = words.length;
    let context = atTheEnd;
    let phonemes = "";
    // Backwards: how a word sounds depends on what follows it.
    for (const piece of pieces.reverse()) {
      if (piece.type === "between") {
        phonemes = piece.marks + phonemes;
        if (piece.marks.trim() !== "") context = contextBefore("", piece.marks, context);
        continue;
      }
      const tag = guessTag(words, { index: --index, isBeforePause: context.beforeVowel === null });
      const sound = this.#word(piece.text, tag, context);
      phonemes = sound + phonemes;
      context = contextBefore(piece.text, sound, context);
    }
    // Flaps are T in the model's alphabet.
    return phonemes.replaceAll("ɾ", "T").replaceAll("ʔ", "t").trim();
  }

  #word(word: string, tag: Tag | null, context: WordContext): string {
    const whole = this.#pronouncer.pronounce(word, tag, context);
    if (whole !== null) return whole;
    const parts = wordParts(word);
    if (parts.length < 2) return this.#unknown(word);
    return this.#compound(parts, tag, context);
  }

  /** The longest known runs of parts, from the end; each of the others by its letters. */
  #compound(parts: readonly string[], tag: Tag | null, context: WordContext): string {
    const spoken: SpokenPart[] = [];
    let after = context;
    for (let end = parts.length; end > 0;) {
      const { start, sound } = this.#lastRun(parts.slice(0, end), tag, after);
      if (sound !== "") spoken.unshift({ text: parts.slice(start, end).join(""), sound });
      after = contextBefore("", sound, after);
      end = start;
    }
    return withCompoundStress(spoken).join("");
  }

  #lastRun(
    parts: readonly string[],
    tag: Tag | null,
    context: WordContext,
  ): { start: number; sound: string } {
    const last = parts.length - 1;
    const [single = ""] = parts.slice(last);
    if (/^[-.]$/u.test(single)) return { start: last, sound: "" };
    for (let start = 0; start <= last; start++) {
      const run = parts.slice(start).join("");
      const sound = this.#pronouncer.pronounce(run, tag, context);
      if (sound !== null) return { start, sound };
    }
    return { start: last, sound: this.#unknown(single) };
  }

  /** A word that no dictionary has: its letters' names when it is an abbreviation, else by rule. */
  #unknown(word: string): string {
    const hasNoVowel = !/[aeiouyàáâäåæèéêëìíîïòóôöøùúûü]/iu.test(word);
    const spelled = hasNoVowel ? this.#pronouncer.spell(word.normalize("NFKD")) : null;
    if (spelled !== null) return spelled;
    const sound = this.#letters.pronounce(word);
    return this.#accent === "gb" ? britishSounds(sound) : sound;
  }
}

type SpokenPart = { text: string; sound: string };

/** In a compound fewer than half of the parts keep their full stress, the heaviest. */
function withCompoundStress(parts: readonly SpokenPart[]): string[] {
  const sounds = parts.map(({ sound }) => sound);
  const [first, second] = parts;
  if (first !== undefined && second !== undefined && parts.length === 2 && first.text.length < 2) {
    return [first.sound, withStress(second.sound, -0.5)];
  }
  const stressed = sounds.filter((sound) => sound.includes(primaryStress)).length;
  if (sounds.length < 2 || stressed <= Math.floor((sounds.length + 1) / 2)) return sounds;
  const byWeight = sounds
    .map((sound, index) => ({ index, order: stressOrder(sound) }))
    .sort((a, b) => a.order - b.order || a.index - b.index);
  const weaker = new Set(
    byWeight.slice(0, Math.floor(sounds.length / 2)).map(({ index }) => index),
  );
  return sounds.map((sound, index) => (weaker.has(index) ? withStress(sound, -0.5) : sound));
}

/** Unstressed parts first, then light ones. */
function stressOrder(sound: string): number {
  return (sound.includes(primaryStress) ? 1_000 : 0) + weight(sound);
}
