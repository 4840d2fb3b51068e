/** Samples in a second: the rate that every FastConformer hears at, in Hz. */
export const speechRate = 16_000;
/** Samples in a millisecond. */
export const samplesPerMs = speechRate / 1_000;
/** Samples from one mel frame to the next: 10 ms. */
export const hopSamples = 160;
/** Mel frames in an encoder frame: FastConformer's subsampling factor. */
export const melFramesPerEncoderFrame = 8;
/** Samples in an encoder frame. */
export const encoderFrameSamples = melFramesPerEncoderFrame * hopSamples;
/** An encoder frame in milliseconds: 80. */
export const encoderFrameMs = encoderFrameSamples / samplesPerMs;
