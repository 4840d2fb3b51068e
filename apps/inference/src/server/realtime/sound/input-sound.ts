import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { loadSpeex } from "@parley/audio/resampling/speex";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import { aLaw, muLaw } from "@parley/audio/wave/g711";
import { speechRate } from "@parley/shared/audio/speech-rate";
import type { RealtimeAudioFormat } from "../events/session-fields";
import { RealtimeError } from "../realtime-error";

/** About 1.5 s of PCM; base64 can be cut at every fourth character. */
const pieceCharacters = 96_000;

const base64 = /^[A-Za-z0-9+/]*={0,2}$/u;

/** Decodes a client's sound, which comes in pieces: base64 of PCM or G.711, to 16 kHz. */
export class InputSound {
  readonly #format: RealtimeAudioFormat;
  readonly #joiner = new SampleJoiner();
  readonly #converter: SampleRateConverter;

  /** Loads what is needed for changing rates. */
  static async open(format: RealtimeAudioFormat): Promise<InputSound> {
    return new InputSound(
      format,
      new SampleRateConverter(await loadSpeex(), rateOf(format), speechRate),
    );
  }

  private constructor(format: RealtimeAudioFormat, converter: SampleRateConverter) {
    this.#format = format;
    this.#converter = converter;
  }

  /**
   * @returns the sound piece by piece, so that a long one need not keep others waiting
   * @throws RealtimeError for text that is not base64
   */
  decode(audio: string): Iterable<Int16Array> {
    if (!base64.test(audio)) {
      throw new RealtimeError("invalid_value", "The sound is not base64.", "audio");
    }
    return this.#pieces(audio);
  }

  /** Frees memory. Idempotent; nothing may follow. */
  close(): void {
    this.#converter.close();
  }

  *#pieces(audio: string): Generator<Int16Array, void, void> {
    for (let at = 0; at < audio.length; at += pieceCharacters) {
      const bytes = Buffer.from(audio.slice(at, at + pieceCharacters), "base64");
      yield this.#converter.process(this.#samplesOf(bytes));
    }
  }

  #samplesOf(bytes: Uint8Array): Int16Array {
    if (this.#format.type === "audio/pcm") return this.#joiner.push(bytes);
    const table = this.#format.type === "audio/pcmu" ? muLaw : aLaw;
    return Int16Array.from(bytes, (code) => table[code] ?? 0);
  }
}

/** @returns samples a second of the format */
export function rateOf(format: RealtimeAudioFormat): number {
  return format.type === "audio/pcm" ? format.rate : 8_000;
}
