import { AppError } from "@parley/shared/errors";
import speexModule from "speex-resampler/app/speex_wasm.js";

/**
 * The part of the library's WebAssembly that is used here. Its own class cannot free a resampler;
 * files come at any rate, so there would be no end of them.
 */
type Speex = {
  /** Replaced when the memory grows: not to be kept. */
  readonly HEAP16: Int16Array;
  _malloc: (bytes: number) => number;
  _free: (at: number) => void;
  getValue: (at: number, type: "i32") => number;
  setValue: (at: number, value: number, type: "i32") => void;
  _speex_resampler_init: (
    channels: number,
    inputRate: number,
    outputRate: number,
    quality: number,
    errorAt: number,
  ) => number;
  _speex_resampler_destroy: (resampler: number) => void;
  /** The lengths are read as room and written as what was used. @returns 0 when it worked */
  _speex_resampler_process_interleaved_int: (
    resampler: number,
    inputAt: number,
    inputLengthAt: number,
    outputAt: number,
    outputLengthAt: number,
  ) => number;
};

/** 88 dB and more of signal to noise at a third less cost than the next level. */
const quality = 5;
const blockSamples = 1_024;
/** Longer than any filter of this quality is late. */
const flushMs = 20;
/** Two 32-bit lengths before the samples. */
const headBytes = 8;

type CreateSpeex = () => PromiseLike<Speex>;

/** CommonJS with a `default` of its own: Node and a TypeScript loader import it differently. */
const createSpeex = ("default" in speexModule ? speexModule.default : speexModule) as CreateSpeex;

let loading: Promise<Speex> | null = null;

function loadSpeex(): Promise<Speex> {
  loading ??= Promise.resolve(createSpeex());
  return loading;
}

/** Changes the rate of one mono stream that is handed over piece by piece. */
export class SampleRateConverter {
  readonly #speex: Speex;
  readonly #inputRate: number;
  readonly #outputSamples: number;
  #memory: number;
  #resampler: number;

  /** Rejects with `agent-unavailable` when too many are open. */
  static async open(inputRate: number, outputRate: number): Promise<SampleRateConverter> {
    return new SampleRateConverter(await loadSpeex(), inputRate, outputRate);
  }

  private constructor(speex: Speex, inputRate: number, outputRate: number) {
    this.#speex = speex;
    this.#inputRate = inputRate;
    this.#outputSamples = Math.ceil((blockSamples * outputRate) / inputRate) + 1;
    this.#memory = speex._malloc(headBytes + 2 * (blockSamples + this.#outputSamples));
    this.#resampler =
      this.#memory === 0
        ? 0
        : speex._speex_resampler_init(1, inputRate, outputRate, quality, this.#memory);
    if (this.#resampler === 0) {
      this.close();
      const message = `no room to convert ${inputRate} Hz`;
      throw new AppError("agent-unavailable", message, { isRetryable: true });
    }
  }

  process(samples: Int16Array): Int16Array {
    const outputs: Int16Array[] = [];
    for (let at = 0; at < samples.length;) {
      const { used, output } = this.#step(samples.subarray(at, at + blockSamples));
      outputs.push(output);
      at += used;
    }
    return join(outputs);
  }

  /** @returns what the filter still holds */
  flush(): Int16Array {
    return this.process(new Int16Array(Math.ceil((this.#inputRate * flushMs) / 1_000)));
  }

  /** Idempotent; nothing may follow. */
  close(): void {
    if (this.#resampler !== 0) this.#speex._speex_resampler_destroy(this.#resampler);
    if (this.#memory !== 0) this.#speex._free(this.#memory);
    this.#resampler = 0;
    this.#memory = 0;
  }

  #step(input: Int16Array): { used: number; output: Int16Array } {
    const speex = this.#speex;
    const [inputLengthAt, outputLengthAt] = [this.#memory, this.#memory + 4];
    const inputAt = this.#memory + headBytes;
    const outputAt = inputAt + 2 * blockSamples;
    speex.setValue(inputLengthAt, input.length, "i32");
    speex.setValue(outputLengthAt, this.#outputSamples, "i32");
    speex.HEAP16.set(input, inputAt / 2);
    const failure = speex._speex_resampler_process_interleaved_int(
      this.#resampler,
      inputAt,
      inputLengthAt,
      outputAt,
      outputLengthAt,
    );
    const used = speex.getValue(inputLengthAt, "i32");
    if (failure !== 0 || used === 0) throw new Error(`speex resampler: error ${failure}`);
    const written = speex.getValue(outputLengthAt, "i32");
    return { used, output: speex.HEAP16.slice(outputAt / 2, outputAt / 2 + written) };
  }
}

function join(pieces: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
