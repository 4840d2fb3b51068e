/** Tokens of a model and their text. */
export type Vocabulary = {
  /** Pieces by id, without the blank: SentencePiece's, "▁" for a space. */
  readonly pieces: readonly string[];
  /** Id of the transducer's blank, after the last piece; also the start symbol. */
  readonly blank: number;
  /**
   * Bytes of the SentencePiece model; null where only the pieces are known. Phrases are then cut
   * greedily, longest piece first.
   */
  readonly sentencePieceModel: Uint8Array | null;
};
