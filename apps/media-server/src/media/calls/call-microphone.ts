import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import type { Speex } from "@parley/audio/resampling/speex";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { voiceSampleRate } from "../../audio/opus-codec";
import type { TapFrame } from "../microphone/microphone-tap";

/** A session as its microphone sees it. */
type Link = { readonly isWritable: boolean; send(event: object): void };

/** The browser's microphone on its way to the session. */
export class CallMicrophone {
  /** Frames that inference did not read in time. */
  dropped = 0;
  readonly #link: Link;
  readonly #converter: SampleRateConverter;

  constructor(link: Link, speex: Speex) {
    this.#link = link;
    this.#converter = new SampleRateConverter(speex, speechRate, voiceSampleRate);
  }

  hear({ samples }: TapFrame): void {
    if (!this.#link.isWritable) {
      this.dropped += 1;
      return;
    }
    const { buffer, byteOffset, byteLength } = sampleBytes(this.#converter.process(samples));
    const audio = Buffer.from(buffer, byteOffset, byteLength).toString("base64");
    this.#link.send({ type: "input_audio_buffer.append", audio });
  }

  /** Idempotent; nothing may follow. */
  close(): void {
    this.#converter.close();
  }
}
