import type { StreamingCodec } from "../codec/streaming-codec";

/** A codec whose every sample is the first code of its frame: for tests of what comes before it. */
export function codeCodec(fit: Pick<StreamingCodec, "codebooks" | "codes">): StreamingCodec {
  return {
    ...fit,
    sampleRate: 22_050,
    samplesPerFrame: 1,
    open: () => ({
      decode: (frames) => Promise.resolve(Float32Array.from(frames, ([first = 0]) => first)),
      close: () => undefined,
    }),
    close: () => Promise.resolve(),
  };
}
