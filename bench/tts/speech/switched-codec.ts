import type { StreamingCodec } from "@parley/speech/magpie/codec/streaming-codec";

/** A codec that can be switched off, to measure decoding without it. */
export class SwitchedCodec implements StreamingCodec {
  readonly sampleRate: number;
  readonly samplesPerFrame: number;
  readonly codebooks: number;
  readonly codes: number;
  /** For streams that are opened from now on: silence, at once. */
  isSilent = false;
  readonly #codec: StreamingCodec;

  constructor(codec: StreamingCodec) {
    this.#codec = codec;
    this.sampleRate = codec.sampleRate;
    this.samplesPerFrame = codec.samplesPerFrame;
    this.codebooks = codec.codebooks;
    this.codes = codec.codes;
  }

  open(): ReturnType<StreamingCodec["open"]> {
    if (!this.isSilent) return this.#codec.open();
    return {
      decode: (frames) => Promise.resolve(new Float32Array(frames.length * this.samplesPerFrame)),
      close: () => undefined,
    };
  }

  async close(): Promise<void> {
    await this.#codec.close();
  }
}
