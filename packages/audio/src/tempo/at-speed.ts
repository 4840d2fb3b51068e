import { TimeStretch } from "./time-stretch";

/** Sound that comes in pieces, at another speed and the same pitch. @param speed 0.25 to 4 */
export async function* atSpeed(
  samples: AsyncIterable<Int16Array>,
  { sampleRate, speed }: { sampleRate: number; speed: number },
): AsyncGenerator<Int16Array, void, void> {
  const stretch = new TimeStretch(sampleRate, speed);
  for await (const piece of samples) {
    const made = stretch.process(piece);
    if (made.length > 0) yield made;
  }
  yield stretch.flush();
}
