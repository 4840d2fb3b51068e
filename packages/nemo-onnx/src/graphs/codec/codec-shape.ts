/** What a NanoCodec decoder is built like: NeMo's `CausalHiFiGANDecoder` behind an FSQ. */
export type CodecShape = {
  /** Levels of each dimension of a group. */
  levels: readonly number[];
  /** Groups of the quantiser. */
  codebooks: number;
  /** Behind the first convolution; every stage halves them. */
  baseChannels: number;
  inKernel: number;
  outKernel: number;
  /** Of each stage. */
  upSampleRates: readonly number[];
  /** Of the branches of each residual layer. */
  kernels: readonly number[];
  /** Of the blocks of each branch. */
  dilations: readonly number[];
  /** Whether each output channel is made of input channels of its own. */
  isUpSamplingGrouped: boolean;
};

/** Codes of one codebook. */
export function codesOf({ levels }: CodecShape): number {
  return levels.reduce((product, level) => product * level, 1);
}

/** Samples at the output's rate that a frame becomes. */
export function samplesPerFrameOf({ upSampleRates }: CodecShape): number {
  return upSampleRates.reduce((product, rate) => product * rate, 1);
}
