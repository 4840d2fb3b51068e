/** Where a chunk stands in the text that is spoken; positions of the whole text are absolute. */
export type TextChunk = {
  /** Tokens that the model sees: the history, the chunk's own tokens, the end token. */
  length: number;
  /** Of these, tokens that come from the window before; 0 in a first chunk. */
  history: number;
  /** Absolute position of the first of them; 0 in a first chunk. */
  offset: number;
  isFirst: boolean;
  isLast: boolean;
};
