/** One of Magpie's stacks: NeMo's `transformer_2501.Transformer`. */
export type StackShape = {
  layers: number;
  width: number;
  heads: number;
  feedForwardWidth: number;
  /** Frames that the causal convolutions of the feed-forward part see. */
  kernel: number;
  /** Rows of the position table. */
  positions: number;
};

/** What a Magpie model is built like. */
export type MagpieShape = {
  textTokens: number;
  encoder: StackShape;
  decoder: StackShape;
  crossAttention: { heads: number; headWidth: number };
  localTransformer: StackShape;
  codebooks: number;
  frameStacking: number;
  /** Of a codebook, special ids included. */
  tokens: number;
  /** Entries of each step's sampling. */
  topK: number;
  /** Decoder layers whose attention the alignment is the mean of. */
  estimateLayers: readonly number[];
  /** Decoder layers that the attention prior acts on. */
  priorLayers: readonly number[];
};

/** Width of cross-attention keys and values, all heads together. */
export function crossWidthOf({ crossAttention: { heads, headWidth } }: MagpieShape): number {
  return heads * headWidth;
}

/** Tokens that one decoder step makes: every codebook of every stacked frame. */
export function slotsOf({ codebooks, frameStacking }: MagpieShape): number {
  return codebooks * frameStacking;
}
