import { speechRate } from "@parley/shared/audio/speech-rate";
import { SampleRateConverter } from "../resampling/sample-rate-converter";

/** A piece of a file's sound, mono, at the rate of the file. */
export type NativeSound = {
  samples: Int16Array;
  /** Hz; the same in every piece. */
  sampleRate: number;
};

/** Converts a file's sound to 16 kHz; the result is as long as the sound in the file. */
export async function* atSpeechRate(
  pieces: AsyncIterable<NativeSound>,
): AsyncGenerator<Int16Array> {
  let converter: SampleRateConverter | null = null;
  let rate: number = speechRate;
  let inputSamples = 0;
  let outputSamples = 0;
  try {
    for await (const { samples, sampleRate } of pieces) {
      if (inputSamples === 0 && sampleRate !== speechRate) {
        rate = sampleRate;
        converter = await SampleRateConverter.open(sampleRate, speechRate);
      }
      inputSamples += samples.length;
      const converted = converter?.process(samples) ?? samples;
      outputSamples += converted.length;
      yield converted;
    }
    if (converter === null) return;
    // The filter's delay is flushed.
    const length = Math.round((inputSamples * speechRate) / rate);
    yield converter.flush().subarray(0, Math.max(0, length - outputSamples));
  } finally {
    converter?.close();
  }
}
