/** One tokenizer of a model. Its ids begin at 0; the model adds an offset. */
export type Tokenizer = {
  readonly type: "tokenizer";
  /** Number of ids, unused ones included. */
  readonly size: number;
  /**
   * @returns ids; none for text without anything to speak, where NeMo fails. Unknown symbols are
   *   dropped, as in NeMo
   */
  encode(text: string): number[];
};

/**
 * A tokenizer that takes up ids but cannot encode text, because the lexicon it needs comes with a
 * program and not with the model.
 */
export type TokenizerWithoutLexicon = {
  readonly type: "without-lexicon";
  readonly size: number;
  /** Name of the missing lexicon, for messages. */
  readonly lexicon: string;
};
