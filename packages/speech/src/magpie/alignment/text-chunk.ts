/** A chunk's place in its text. Positions in the whole text are absolute, in the window local. */
export type TextChunk = {
  /** Tokens of the window: the history, the chunk's own tokens, the end token. */
  length: number;
  /** Of these, tokens of the previous window; 0 in a first chunk. */
  history: number;
  /** Absolute position of the window's first token; 0 in a first chunk. */
  offset: number;
  isFirst: boolean;
  isLast: boolean;
};
