import SpeexResampler from "speex-resampler";

/** 88 dB and more of signal to noise at a third less cost than the next level. */
const quality = 5;

/** Longer than any filter of this quality: this much silence leaves nothing of what came before. */
const flushMs = 20;

/** Changes the rate of one mono stream that is handed over piece by piece. */
export type StreamResampler = {
  readonly inputRate: number;
  process(samples: Int16Array): Int16Array;
};

/** speex-resampler before 3.1 is CommonJS with a `default` of its own. */
const Resampler =
  "default" in SpeexResampler
    ? (SpeexResampler as unknown as { default: typeof SpeexResampler }).default
    : SpeexResampler;

/**
 * The library sizes its output to the longest piece so far, rounded down, and drops what does not
 * fit. Pieces of half the first one always fit.
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
 * Lends out resamplers and takes them back. The library cannot free one, so a new one for every
 * reply would leak.
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
