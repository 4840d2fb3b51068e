/** Sizes and options of a FastConformer encoder: NeMo's `encoder` section, validated. */
export type EncoderShape = {
  mels: number;
  layers: number;
  /** `d_model`. */
  width: number;
  heads: number;
  feedForwardWidth: number;
  subsamplingChannels: number;
  /** True when subsampling has no look-ahead. */
  isSubsamplingCausal: boolean;
  /** True when linear layers and convolutions of the Conformer layers have a bias. */
  hasBias: boolean;
  /** True when subsampled frames are multiplied by √width (NeMo's `xscaling`). */
  isInputScaled: boolean;
  convolution: {
    norm: "layer_norm" | "batch_norm";
    /** Frames before and after the current one that the depthwise kernel covers. */
    before: number;
    after: number;
  };
  attention:
    | { type: "full" }
    | {
        type: "chunked";
        /** Encoder frames. */
        leftContext: number;
        /** Encoder frames, ascending. */
        rightContexts: readonly number[];
      };
  /** Length of a prompted model's one-hot language vector; null for models without a prompt. */
  prompts: number | null;
};
