import { speechRate } from "@parley/shared/audio/speech-rate";
import type { EndingDetector } from "../contracts/ending-detector";
import { endingCues, type EndingCues } from "./ending-cues";
import { pitchTrack } from "./pitch-track";

/** Sound that is looked at: a sentence, and the silence behind it. */
const consideredSamples = 2.5 * speechRate;

/** A last syllable so much longer than the others, whose pitch stays up, hesitates: "theee". */
const hesitation = { lengthening: 2.6, finalPitch: -2 };
/** Pitch and loudness that both fall so low end a sentence, for people more often than not. */
const fall = { finalPitch: -3, finalLevelDb: -8 };

/**
 * Hears from melody and rhythm whether somebody has finished, without a model. It mostly cannot tell,
 * and says so: alone, neither cue told ends of sentences from pauses within them in recordings.
 */
export class ProsodyDetector implements EndingDetector {
  readonly name = "prosody";

  probability(sound: Int16Array): Promise<number | null> {
    const cues = endingCues(pitchTrack(sound.subarray(-consideredSamples)));
    return Promise.resolve(cues === null ? null : probabilityOf(cues));
  }
}

function probabilityOf({ lengthening, finalPitch, finalLevelDb }: EndingCues): number | null {
  if (lengthening >= hesitation.lengthening && finalPitch > hesitation.finalPitch) return 0.01;
  return finalPitch <= fall.finalPitch && finalLevelDb <= fall.finalLevelDb ? 0.97 : null;
}
