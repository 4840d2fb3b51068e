import type { TransducerRecognizer } from "@parley/speech/transducer/recognizer/transducer-recognizer";
import { recognize } from "@parley/speech/testing/recognize";
import { pieceSamples } from "./measure-words";
import { nonSpeech } from "./sounds/non-speech";

/** Text recognised in a sound without words; empty if all is well. */
export type NonSpeechFigures = { sound: string; heard: string };

export async function measureNonSpeech(
  recognizer: TransducerRecognizer,
): Promise<NonSpeechFigures[]> {
  const figures: NonSpeechFigures[] = [];
  for (const [sound, samples] of Object.entries(nonSpeech())) {
    const { text } = await recognize(recognizer, samples, [pieceSamples]);
    figures.push({ sound, heard: text });
  }
  return figures;
}
