import type { GraphemeCase } from "./grapheme-case";

/** How one tokenizer turns words into symbols (the arguments of NeMo's `IpaG2p`). */
export type PhonemeRules = {
  /** Decides how words are told apart, and whether English endings are known. */
  readonly locale: string | null;
  readonly graphemeCase: GraphemeCase;
  /** Stands before each letter that is not turned into sounds, to tell it from a sound. */
  readonly graphemePrefix: string;
  /** Whether letters are in the vocabulary. */
  readonly usesLetters: boolean;
  readonly usesStresses: boolean;
  /** Words with several pronunciations are left as letters; else they have the first. */
  readonly ignoresAmbiguousWords: boolean;
};
