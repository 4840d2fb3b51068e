import { AppError } from "@parley/shared/errors";
import { joinSamples } from "../join-samples";
import { loadSpeex, type Speex } from "./speex";

/** Speex quality 5: signal to noise of 88 dB or more, at a third less CPU than the next level. */
const quality = 5;
const blockSamples = 1_024;
/** Longer than the delay of any filter of this quality. */
const flushMs = 20;
/** Two 32-bit lengths before the samples. */
const headBytes = 8;

/** Changes the rate of one mono stream that comes in pieces of any length. */
export class SampleRateConverter {
  readonly #speex: Speex;
  readonly #inputRate: number;
  readonly #outputSamples: number;
  #memory: number;
  #resampler: number;

  /** Loads the library, then does as the constructor. */
  static async open(inputRate: number, outputRate: number): Promise<SampleRateConverter> {
    return new SampleRateConverter(await loadSpeex(), inputRate, outputRate);
  }

  /**
   * Allocates all that the stream will need.
   *
   * @param inputRate Hz, as is `outputRate`
   * @throws AppError `agent-unavailable` when there is no memory for one more
   */
  constructor(speex: Speex, inputRate: number, outputRate: number) {
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
      const message = `no memory to resample ${inputRate} Hz`;
      throw new AppError("agent-unavailable", message, { isRetryable: true });
    }
  }

  /** @returns the converted samples; they lag by the filter's delay, a few milliseconds */
  process(samples: Int16Array): Int16Array {
    const outputs: Int16Array[] = [];
    for (let at = 0; at < samples.length;) {
      const { used, output } = this.#step(samples.subarray(at, at + blockSamples));
      outputs.push(output);
      at += used;
    }
    return joinSamples(outputs);
  }

  /** Ends the stream. @returns the samples that the filter still held, and a little silence */
  flush(): Int16Array {
    return this.process(new Int16Array(Math.ceil((this.#inputRate * flushMs) / 1_000)));
  }

  /** Frees the memory. Idempotent; nothing may follow. */
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
