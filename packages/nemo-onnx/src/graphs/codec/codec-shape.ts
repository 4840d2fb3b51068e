/** Sizes of a NanoCodec decoder: NeMo's `CausalHiFiGANDecoder` behind an FSQ. */
export type CodecShape = {
  /** Quantisation levels of each dimension of a group. */
  levels: readonly number[];
  /** Groups of the quantiser, one codebook each. */
  codebooks: number;
  /** Channels behind the first convolution; each stage halves them. */
  baseChannels: number;
  /** Kernel of the first convolution, in frames. */
  inKernel: number;
  /** Kernel of the last convolution, in samples. */
  outKernel: number;
  /** Upsampling factor of each stage. */
  upSampleRates: readonly number[];
  /** Kernel of each branch of a residual layer. */
  kernels: readonly number[];
  /** Dilation of each block of a branch. */
  dilations: readonly number[];
  /**
   * True when each output channel of upsampling has its own input channels (grouped convolution).
   */
  isUpSamplingGrouped: boolean;
};

/** Number of codes of a codebook. */
export function codesOf({ levels }: CodecShape): number {
  return levels.reduce((product, level) => product * level, 1);
}

/** Samples per frame, at the output's sample rate. */
export function samplesPerFrameOf({ upSampleRates }: CodecShape): number {
  return upSampleRates.reduce((product, rate) => product * rate, 1);
}
