import { voiceSampleRate } from "../../audio/opus-codec";
import type { ResamplerPool, StreamResampler } from "../../audio/stream-resampler";

/** 20 ms at 24 kHz. */
export const voiceFrameSamples = 480;

/**
 * Queued audio of one reply. It is resampled to 24 kHz piece by piece as it is taken, so that a
 * synthesiser far ahead of playout cannot delay the pacing clock.
 */
export class ReplyAudio {
  readonly #resamplers: ResamplerPool;
  readonly #waiting: { samples: Int16Array; sampleRate: number }[] = [];
  #waitingMs = 0;
  #resampler: StreamResampler | null = null;
  #ready = new Int16Array(0);
  #isEnded = false;

  constructor(resamplers: ResamplerPool) {
    this.#resamplers = resamplers;
  }

  /** Audio not yet taken, in milliseconds. */
  get queuedMs(): number {
    return this.#waitingMs + (this.#ready.length * 1_000) / voiceSampleRate;
  }

  /** True when the audio has ended and all of it was taken. */
  get isDrained(): boolean {
    return this.#isEnded && this.#waiting.length === 0 && this.#ready.length === 0;
  }

  push(samples: Int16Array, sampleRate: number): void {
    if (this.#isEnded || samples.length === 0) return;
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
      this.#append(this.#convert(piece.samples, piece.sampleRate));
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
    this.#releaseResampler();
  }

  #convert(samples: Int16Array, sampleRate: number): Int16Array {
    if (this.#resampler !== null && this.#resampler.inputRate !== sampleRate) {
      this.#releaseResampler();
    }
    if (sampleRate === voiceSampleRate) return samples;
    this.#resampler ??= this.#resamplers.take(sampleRate);
    return this.#resampler.process(samples);
  }

  #append(samples: Int16Array): void {
    const earlier = this.#ready;
    this.#ready = new Int16Array(earlier.length + samples.length);
    this.#ready.set(earlier);
    this.#ready.set(samples, earlier.length);
  }

  #releaseResampler(): void {
    if (this.#resampler !== null) this.#resamplers.giveBack(this.#resampler);
    this.#resampler = null;
  }
}
