/** One tokenizer of a model. Its ids begin at 0; the model puts them behind those of the others. */
export type Tokenizer = {
  readonly type: "tokenizer";
  /** Number of ids, those that no text gives included. */
  readonly size: number;
  /**
   * @returns ids, none for text in which nothing can be spoken and NeMo fails; symbols that the
   *   model does not know are left out, as NeMo does
   */
  encode(text: string): number[];
};

/**
 * A tokenizer that takes its place among the others and cannot read text, because the lexicon it
 * needs comes with a program and not with the model.
 */
export type TokenizerWithoutLexicon = {
  readonly type: "without-lexicon";
  readonly size: number;
  /** What is missing, for messages. */
  readonly lexicon: string;
};
