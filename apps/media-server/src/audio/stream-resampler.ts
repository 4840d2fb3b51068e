import SpeexResampler from "speex-resampler";

/** Speex quality 5: signal to noise of 88 dB or more, at a third less CPU than the next level. */
const quality = 5;

/** Silence that clears a resampler: longer than any filter of this quality. */
const flushMs = 20;

/** Resamples one mono stream that comes in pieces of any length. */
export type StreamResampler = {
  readonly inputRate: number;
  process(samples: Int16Array): Int16Array;
};

/** speex-resampler before 3.1 is CommonJS and nests its `default` export. */
const Resampler =
  "default" in SpeexResampler
    ? (SpeexResampler as unknown as { default: typeof SpeexResampler }).default
    : SpeexResampler;

/**
 * The library sizes its output buffer for the longest piece so far, rounded down, and drops samples
 * that do not fit. Pieces of half the first one's length always fit.
 */
const primingMs = 100;
const pieceMs = 50;

function createResampler(inputRate: number, outputRate: number): StreamResampler {
  const speex = new Resampler(1, inputRate, outputRate, quality);
  const process = (piece: Int16Array) => {
    const input = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const output = speex.processChunk(input);
    return new Int16Array(output.buffer, output.byteOffset, output.length / 2);
  };
  process(new Int16Array(Math.ceil((inputRate * primingMs) / 1_000)));
  const pieceSamples = Math.floor((inputRate * pieceMs) / 1_000);
  return {
    inputRate,
    process(samples) {
      if (samples.length <= pieceSamples) return process(samples);
      const pieces: number[] = [];
      for (let at = 0; at < samples.length; at += pieceSamples) {
        pieces.push(...process(samples.subarray(at, at + pieceSamples)));
      }
      return Int16Array.from(pieces);
    },
  };
}

/**
 * A pool of resamplers to one output rate. The library cannot free a resampler, so a new one for
 * every reply would leak.
 */
export class ResamplerPool {
  readonly #idle: StreamResampler[] = [];

  private constructor(readonly outputRate: number) {}

  /** Resolves once the library's WebAssembly is loaded. */
  static async load(outputRate: number): Promise<ResamplerPool> {
    await Resampler.initPromise;
    return new ResamplerPool(outputRate);
  }

  take(inputRate: number): StreamResampler {
    const at = this.#idle.findIndex((resampler) => resampler.inputRate === inputRate);
    const [resampler] = at < 0 ? [] : this.#idle.splice(at, 1);
    return resampler ?? createResampler(inputRate, this.outputRate);
  }

  giveBack(resampler: StreamResampler): void {
    resampler.process(new Int16Array(Math.ceil((resampler.inputRate * flushMs) / 1_000)));
    this.#idle.push(resampler);
  }
}
