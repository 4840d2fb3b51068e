import type { GraphemeCase } from "./grapheme-case";

/** How one tokenizer turns words into symbols (the arguments of NeMo's `IpaG2p`). */
export type PhonemeRules = {
  /** Decides how text is cut into words, and whether English endings are known. */
  readonly locale: string | null;
  readonly graphemeCase: GraphemeCase;
  /** Prefix of letters that are kept, to distinguish them from sounds. */
  readonly graphemePrefix: string;
  /** Whether letters are in the vocabulary. */
  readonly usesLetters: boolean;
  readonly usesStresses: boolean;
  /** Words with several pronunciations are left as letters; else they have the first. */
  readonly ignoresAmbiguousWords: boolean;
};
