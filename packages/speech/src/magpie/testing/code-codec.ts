import type { StreamingCodec } from "../codec/streaming-codec";

/** A codec whose samples are the first code of each frame, for tests of the decoder. */
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
