/** What a FastConformer encoder is built like: NeMo's `encoder` section, checked. */
export type EncoderShape = {
  mels: number;
  layers: number;
  /** `d_model`. */
  width: number;
  heads: number;
  feedForwardWidth: number;
  subsamplingChannels: number;
  /** Subsampling looks back only. */
  isSubsamplingCausal: boolean;
  /** Of linear layers and convolutions of the Conformer layers. */
  hasBias: boolean;
  /** Subsampled frames are multiplied by √width. */
  isInputScaled: boolean;
  convolution: {
    norm: "layer_norm" | "batch_norm";
    /** Frames that the depthwise kernel sees before and after its own. */
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
  /**
   * Languages that a prompted model can be told, as places of a one-hot vector; null for others.
   */
  prompts: number | null;
};
