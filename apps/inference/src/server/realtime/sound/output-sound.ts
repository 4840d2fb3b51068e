import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import type { Speex } from "@parley/audio/resampling/speex";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { encodeALaw, encodeMuLaw } from "@parley/audio/wave/g711";
import type { RealtimeAudioFormat } from "../events/session-fields";
import { rateOf } from "./input-sound";

/** Encodes one reply's sound, which comes in pieces: base64 of PCM or G.711. */
export class OutputSound {
  readonly #speex: Speex;
  readonly #format: RealtimeAudioFormat;
  #converter: SampleRateConverter | null = null;
  #sampleRate = 0;
  #bytes = 0;

  constructor(speex: Speex, format: RealtimeAudioFormat) {
    this.#speex = speex;
    this.#format = format;
  }

  /** Length of what was encoded so far, ms. */
  get lengthMs(): number {
    const bytesPerSample = this.#format.type === "audio/pcm" ? 2 : 1;
    return (this.#bytes * 1_000) / (bytesPerSample * rateOf(this.#format));
  }

  /** @param sampleRate Hz, the same for all pieces of one reply */
  encode(samples: Int16Array, sampleRate: number): string {
    const rate = rateOf(this.#format);
    if (sampleRate === rate) return this.#write(samples);
    if (this.#sampleRate !== sampleRate) {
      this.close();
      this.#converter = new SampleRateConverter(this.#speex, sampleRate, rate);
      this.#sampleRate = sampleRate;
    }
    return this.#write(this.#converter?.process(samples) ?? samples);
  }

  /** Ends the reply. @returns the rest; empty when there is none */
  flush(): string {
    const rest = this.#converter?.flush();
    this.close();
    return rest === undefined ? "" : this.#write(rest);
  }

  /** Frees memory. Idempotent. */
  close(): void {
    this.#converter?.close();
    this.#converter = null;
    this.#sampleRate = 0;
  }

  #write(samples: Int16Array): string {
    const bytes = this.#encoded(samples);
    this.#bytes += bytes.length;
    return Buffer.from(bytes).toString("base64");
  }

  #encoded(samples: Int16Array): Uint8Array {
    switch (this.#format.type) {
      case "audio/pcm":
        return sampleBytes(samples);
      case "audio/pcmu":
        return encodeMuLaw(samples);
      case "audio/pcma":
        return encodeALaw(samples);
    }
  }
}
