/** Sizes of a stack of transformer layers: NeMo's `transformer_2501.Transformer`. */
export type StackShape = {
  layers: number;
  width: number;
  heads: number;
  feedForwardWidth: number;
  /** Kernel of the feed-forward part's causal convolutions, in frames. */
  kernel: number;
  /** Rows of the position embedding table. */
  positions: number;
};

/** Sizes of a Magpie model. */
export type MagpieShape = {
  /** Rows of the text embedding. */
  textTokens: number;
  encoder: StackShape;
  decoder: StackShape;
  crossAttention: { heads: number; headWidth: number };
  localTransformer: StackShape;
  codebooks: number;
  /** Codec frames that one decoder step generates. */
  frameStacking: number;
  /** Ids of a codebook, special ids included. */
  tokens: number;
  /** Number of most likely tokens that sampling chooses from. */
  topK: number;
  /** Decoder layers whose cross-attention is averaged for the alignment. */
  estimateLayers: readonly number[];
  /** Decoder layers that apply the attention prior. */
  priorLayers: readonly number[];
};

/** Width of cross-attention keys and values, of all heads together. */
export function crossWidthOf({ crossAttention: { heads, headWidth } }: MagpieShape): number {
  return heads * headWidth;
}

/** Tokens that one decoder step generates: one per codebook and stacked frame. */
export function slotsOf({ codebooks, frameStacking }: MagpieShape): number {
  return codebooks * frameStacking;
}
