import { SampleRateConverter } from "./sample-rate-converter";

/** Resamples a sound piece by piece; equal rates pass it through. */
export async function* resample(
  samples: AsyncIterable<Int16Array>,
  inputRate: number,
  outputRate: number,
): AsyncGenerator<Int16Array> {
  if (inputRate === outputRate) {
    yield* samples;
    return;
  }
  const converter = await SampleRateConverter.open(inputRate, outputRate);
  try {
    for await (const piece of samples) yield converter.process(piece);
    yield converter.flush();
  } finally {
    converter.close();
  }
}
