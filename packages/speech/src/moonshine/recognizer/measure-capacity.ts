import type { Clock } from "@parley/shared/async/clock";
import { speechRate } from "@parley/shared/audio/speech-rate";
import type { MoonshineModel } from "../model/moonshine-model";

/** Share of the device's time for recognition: the rest is for voices, sockets and the system. */
const deviceShare = 0.8;
/** Lower bound, so that a machine that was busy at the start does not refuse speakers for good. */
const leastCapacity = 4;
/** An utterance of people in conversation. */
const utteranceSeconds = 4;
/** Its final text on a good draft: one pass that verifies, and a few tokens more. */
const draftTokens = 12;
const newTokens = 5;
const rounds = 3;

/**
 * Measures how many people the device can give their final words while all of them speak; partial
 * words come more seldom then. Warms the model up at the same time: first runs allocate.
 *
 * @returns streams, at least four
 */
export async function measureCapacity(
  model: Pick<MoonshineModel, "encode" | "decoderOver">,
  clock: Clock,
): Promise<number> {
  const samples = new Float32Array(utteranceSeconds * speechRate);
  let fastestMs = Infinity;
  for (let round = 0; round < rounds; round++) {
    const startMs = clock.now();
    const passes = model.decoderOver(await model.encode(samples));
    await passes.pass(Array.from({ length: draftTokens }, () => 1));
    for (let token = 0; token < newTokens; token++) await passes.pass([1]);
    fastestMs = Math.min(fastestMs, clock.now() - startMs);
  }
  return Math.max(leastCapacity, Math.floor((deviceShare * utteranceSeconds * 1_000) / fastestMs));
}
