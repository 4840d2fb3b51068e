import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";

/** The link brings a microphone's sound in frames of 20 ms. */
export const frameMs = 20;
export const frameSamples = frameMs * speechSamplesPerMs;
