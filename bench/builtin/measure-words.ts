import { wordErrors } from "@parley/speech/testing/audio-word-errors";
import { recognize } from "@parley/speech/testing/recognize";
import type { TransducerRecognizer } from "@parley/speech/transducer/recognizer/transducer-recognizer";
import { conditionNames, conditions, type ConditionName } from "./conditions/conditions";
import { samplesOf, type Recordings, type Utterance } from "./evaluation-audio/read-folders";
import { isTrained } from "./voices";

/** A microphone's sound comes in pieces of 160 ms. */
export const pieceSamples = 2_560;
/** Streams that share runs, as many as a busy server has. */
const together = 16;
/** Of each voice, in every condition but the clean one. */
const disturbedUtterances = 40;

/** Word errors of one voice. */
export type WordFigures = {
  set: string;
  voice: string;
  isTrained: boolean;
  utterances: number;
  words: number;
  /** Words inserted, lost or replaced, in per cent of those said. */
  errorPercent: Partial<Record<ConditionName, number>>;
  /** Clean utterances without any error, in per cent. */
  wholePercent: number;
};

type Heard = { words: number; errors: number; whole: number };

/** Recognises every recording in a stream of its own, as the product does. */
export async function measureWords(
  recognizer: TransducerRecognizer,
  { set, voice, utterances }: Recordings,
): Promise<WordFigures> {
  const clean = await hear(recognizer, utterances, "clean");
  const errorPercent: WordFigures["errorPercent"] = { clean: errorPercentOf(clean) };
  for (const condition of conditionNames.filter((name) => name !== "clean")) {
    const some = utterances.slice(0, disturbedUtterances);
    errorPercent[condition] = errorPercentOf(await hear(recognizer, some, condition));
  }
  return {
    set,
    voice,
    isTrained: isTrained(voice),
    utterances: utterances.length,
    words: clean.words,
    errorPercent,
    wholePercent: Math.round((100 * clean.whole) / utterances.length),
  };
}

async function hear(
  recognizer: TransducerRecognizer,
  utterances: readonly Utterance[],
  condition: ConditionName,
): Promise<Heard> {
  const heard: Heard = { words: 0, errors: 0, whole: 0 };
  const hearOne = async (utterance: Utterance, index: number) => {
    const sound = await conditions[condition](samplesOf(utterance), index + 1);
    const { text } = await recognize(recognizer, sound, [pieceSamples]);
    const errors = wordErrors(utterance.transcript, text);
    heard.words += utterance.transcript.split(" ").length;
    heard.errors += errors;
    heard.whole += errors === 0 ? 1 : 0;
  };
  for (let start = 0; start < utterances.length; start += together) {
    const group = utterances.slice(start, start + together);
    await Promise.all(group.map((utterance, place) => hearOne(utterance, start + place)));
  }
  return heard;
}

function errorPercentOf({ words, errors }: Heard): number {
  return Math.round((1_000 * errors) / words) / 10;
}
