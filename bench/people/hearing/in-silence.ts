import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";

/** Before the first word: voice activity takes its pre-roll from it. */
const leadSamples = 0.5 * speechRate;
/** After the last one: longer than any turn waits for more words. */
const trailSamples = 1.6 * speechRate;

/** A sound with the silence of a room before and after it. */
export function inSilence(sound: Int16Array): Int16Array {
  return joinSamples([new Int16Array(leadSamples), sound, new Int16Array(trailSamples)]);
}
