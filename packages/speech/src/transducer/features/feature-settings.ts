/** How sound becomes features: NeMo's `preprocessor` section. */
export type FeatureSettings = {
  /** Mel filters, 80 or 128. */
  mels: number;
  /** `NA` and `per_feature` in NeMo. */
  normalization: "none" | "per-feature";
  /** [mels, 257] of the checkpoint; null: Slaney's, computed. */
  filterbank: Float32Array | null;
  /** [400] of the checkpoint; null: a symmetric Hann window. */
  window: Float32Array | null;
};
