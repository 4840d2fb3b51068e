/** What the tokens stand for. */
export type Vocabulary = {
  /** By id, without the blank: SentencePiece's pieces, "▁" for a space. */
  readonly pieces: readonly string[];
  /** The transducer's "nothing": the id after the last piece, and the start symbol. */
  readonly blank: number;
  /**
   * Bytes of the SentencePiece model; null where only the pieces are known. Phrases are then cut
   * greedily, longest piece first.
   */
  readonly sentencePieceModel: Uint8Array | null;
};
