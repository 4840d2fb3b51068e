import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";

/** Samples from one mel frame to the next: 10 ms. */
export const hopSamples = 160;
/** Mel frames in an encoder frame: FastConformer's subsampling factor. */
export const melFramesPerEncoderFrame = 8;
/** Samples in an encoder frame. */
export const encoderFrameSamples = melFramesPerEncoderFrame * hopSamples;
/** An encoder frame in milliseconds: 80. */
export const encoderFrameMs = encoderFrameSamples / speechSamplesPerMs;
