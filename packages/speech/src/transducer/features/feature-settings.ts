/** Feature extraction of a model: NeMo's `preprocessor` section. */
export type FeatureSettings = {
  /** Mel filters, 80 or 128. */
  mels: number;
  /** `NA` and `per_feature` in NeMo. */
  normalization: "none" | "per-feature";
  /** [mels, 257] from the checkpoint; null for Slaney's, which is computed. */
  filterbank: Float32Array | null;
  /** [400] from the checkpoint; null for a symmetric Hann window. */
  window: Float32Array | null;
};
