/** `ModelProto.SentencePiece.Type`; segmentation yields only normal and user-defined pieces. */
export type PieceType = "normal" | "unknown" | "control" | "user-defined" | "unused" | "byte";

export type SentencePiece = {
  /** "\u2581" stands for a space. */
  text: string;
  /** Log probability (unigram) or minus the order of the merge (BPE). */
  score: number;
  type: PieceType;
};

/** `NormalizerSpec`: how text is normalised before segmentation. */
export type NormalizerSettings = {
  /** Replacement rules: a Darts double array and the texts that it refers to; empty for none. */
  charsMap: Uint8Array;
  /** A space is put before the text, so that the first word is encoded like any other. */
  addsDummyPrefix: boolean;
  /** Spaces at both ends and repeated spaces are removed. NeMo trains models without this. */
  removesExtraSpaces: boolean;
  /** Spaces become "\u2581". */
  escapesSpaces: boolean;
};

/** The part of a SentencePiece `.model` file that encoding needs. */
export type SentencePieceModel = {
  /** By id. */
  pieces: readonly SentencePiece[];
  algorithm: "unigram" | "bpe";
  /** Characters without a piece become byte pieces instead of the unknown piece. */
  hasByteFallback: boolean;
  /** Id of the only piece of type `unknown`. */
  unknown: number;
  normalizer: NormalizerSettings;
};

/** SentencePiece's mark for a space, U+2581. */
export const spaceMark = "\u2581";
