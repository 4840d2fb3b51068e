/** `ModelProto.SentencePiece.Type`; only normal and user-defined ones are cut from text. */
export type PieceType = "normal" | "unknown" | "control" | "user-defined" | "unused" | "byte";

export type SentencePiece = {
  /** "\u2581" stands for a space. */
  text: string;
  /** Log probability (unigram) or minus the order of the merge (BPE). */
  score: number;
  type: PieceType;
};

/** `NormalizerSpec`: what is done to text before it is cut. */
export type NormalizerSettings = {
  /** Replacement rules: a Darts double array and the texts it points to; empty for none. */
  charsMap: Uint8Array;
  /** A space goes before the text, so that a first word looks like any other. */
  addsDummyPrefix: boolean;
  /** No space at either end, none beside another. NeMo trains without. */
  removesExtraSpaces: boolean;
  /** Spaces become "\u2581". */
  escapesSpaces: boolean;
};

/** The part of a SentencePiece `.model` file that text is cut and joined by. */
export type SentencePieceModel = {
  /** By id. */
  pieces: readonly SentencePiece[];
  algorithm: "unigram" | "bpe";
  /** Characters without a piece become byte pieces instead of the unknown one. */
  hasByteFallback: boolean;
  /** Id of the only piece of type `unknown`. */
  unknown: number;
  normalizer: NormalizerSettings;
};

/** SentencePiece's mark for a space, U+2581. */
export const spaceMark = "\u2581";
