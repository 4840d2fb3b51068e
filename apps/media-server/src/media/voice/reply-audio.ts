import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import type { Speex } from "@parley/audio/resampling/speex";
import { voiceSampleRate } from "../../audio/opus-codec";

/** 20 ms at 24 kHz. */
export const voiceFrameSamples = 480;

/**
 * Queued audio of one reply. It is resampled to 24 kHz piece by piece as it is taken, so that a
 * synthesiser far ahead of playout cannot delay the pacing clock.
 */
export class ReplyAudio {
  readonly #speex: Speex;
  readonly #waiting: { samples: Int16Array; sampleRate: number }[] = [];
  /** By input rate; a reply has one rate as a rule. */
  readonly #converters = new Map<number, SampleRateConverter>();
  #waitingMs = 0;
  #ready = new Int16Array(0);
  #isEnded = false;

  constructor(speex: Speex) {
    this.#speex = speex;
  }

  /** Audio not yet taken, in milliseconds. */
  get queuedMs(): number {
    return this.#waitingMs + (this.#ready.length * 1_000) / voiceSampleRate;
  }

  /** True when the audio has ended and all of it was taken. */
  get isDrained(): boolean {
    return this.#isEnded && this.#waiting.length === 0 && this.#ready.length === 0;
  }

  /** @throws AppError `agent-unavailable` when there is no memory to resample */
  push(samples: Int16Array, sampleRate: number): void {
    if (this.#isEnded || samples.length === 0) return;
    // Allocated here, since a failure within the pacer's tick would leave it without a frame.
    if (sampleRate !== voiceSampleRate && !this.#converters.has(sampleRate)) {
      const converter = new SampleRateConverter(this.#speex, sampleRate, voiceSampleRate);
      this.#converters.set(sampleRate, converter);
    }
    this.#waiting.push({ samples, sampleRate });
    this.#waitingMs += (samples.length * 1_000) / sampleRate;
  }

  /** Marks the end: later pushes are ignored. */
  end(): void {
    this.#isEnded = true;
  }

  /** @returns a whole frame, a shorter last one at the end, or null on underrun. */
  take(): Int16Array | null {
    while (this.#ready.length < voiceFrameSamples) {
      const piece = this.#waiting.shift();
      if (piece === undefined) break;
      this.#waitingMs -= (piece.samples.length * 1_000) / piece.sampleRate;
      const converter = this.#converters.get(piece.sampleRate);
      this.#append(converter?.process(piece.samples) ?? piece.samples);
    }
    const isWhole = this.#ready.length >= voiceFrameSamples;
    if (!isWhole && (!this.#isEnded || this.#ready.length === 0)) return null;
    const frame = this.#ready.slice(0, voiceFrameSamples);
    this.#ready = this.#ready.subarray(voiceFrameSamples);
    return frame;
  }

  /** Puts a frame back at the front of the queue. */
  putBack(frame: Int16Array): void {
    const rest = this.#ready;
    this.#ready = new Int16Array(frame.length + rest.length);
    this.#ready.set(frame);
    this.#ready.set(rest, frame.length);
  }

  /** Drops all audio. Idempotent. */
  close(): void {
    this.#waiting.length = 0;
    this.#waitingMs = 0;
    this.#ready = new Int16Array(0);
    this.#isEnded = true;
    for (const converter of this.#converters.values()) converter.close();
    this.#converters.clear();
  }

  #append(samples: Int16Array): void {
    const earlier = this.#ready;
    this.#ready = new Int16Array(earlier.length + samples.length);
    this.#ready.set(earlier);
    this.#ready.set(samples, earlier.length);
  }
}
