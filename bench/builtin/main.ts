// the built-in recogniser through the product's engine: word errors by voice and condition, non-speech, speed
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { joinAudio } from "@parley/speech/testing/audio-fixtures";
import { loadRecognizer } from "@parley/speech/testing/recognize";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { makeAudio } from "./evaluation-audio/make-audio";
import { readFolders, samplesOf, type Recordings } from "./evaluation-audio/read-folders";
import { measureAgreement } from "./measure-agreement";
import { measureNonSpeech } from "./measure-non-speech";
import { measureSpeed } from "./measure-speed";
import { measureWords, type WordFigures } from "./measure-words";
import { meansOf, printNonSpeech, printNotMeasured, printSpeed, printWords } from "./print-figures";

/**
 * `--audio FOLDER` takes recordings from there instead of making them; `--sets test,blind` measures
 * some sets only and writes no results; `--model FOLDER` measures another conversion, and writes none
 * either; `--human FOLDER` adds recordings of people, whose figures are only printed; `--python PATH`,
 * an interpreter with the training recipe's packages, adds the comparison with PyTorch.
 */
const { values } = parseArgs({
  options: {
    audio: { type: "string" },
    human: { type: "string" },
    model: { type: "string" },
    python: { type: "string" },
    sets: { type: "string" },
  },
});
const folder = values.model ?? join(import.meta.dirname, "..", "..", "models", "builtin");
const cache = join(process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley"), "bench");
mkdirSync(cache, { recursive: true });

const { root, notMeasured } =
  values.audio === undefined ? makeAudio(cache) : { root: values.audio, notMeasured: [] };
const wanted = values.sets?.split(",");
const recordings = readFolders(root).filter(({ set }) => wanted?.includes(set) ?? true);
if (recordings.length === 0) throw new Error(`${root} holds no SET/VOICE/transcripts.tsv`);
const loadAverageBefore = loadAverage();
const recognizer = await loadRecognizer(folder, { rightContext: 1, finish: "silence" });

async function wordsOf(all: readonly Recordings[]): Promise<WordFigures[]> {
  const figures: WordFigures[] = [];
  for (const of of all) {
    console.log(`Hearing the set "${of.set}" from ${of.voice}.`);
    figures.push(await measureWords(recognizer, of));
  }
  printWords(figures);
  return figures;
}

const words = await wordsOf(recordings);
printNotMeasured(notMeasured);
if (values.human !== undefined) await wordsOf(readFolders(values.human));
const nonSpeech = await measureNonSpeech(recognizer);
printNonSpeech(nonSpeech);
const agreement =
  values.python === undefined
    ? null
    : await measureAgreement(recognizer, recordings, { python: values.python, folder });
if (agreement !== null) {
  const { utterances, pytorch, onnx } = agreement;
  console.log(
    `Same tokens as PyTorch in ${pytorch} of ${utterances} utterances, as onnxruntime in ${onnx}.`,
  );
}
await recognizer.close();
const speech = joinAudio((recordings[0]?.utterances ?? []).slice(0, 20).map(samplesOf));
const speed = await measureSpeed(folder, speech);
printSpeed(speed);

if (wanted === undefined && values.model === undefined) {
  const load = { loadAverageBefore, loadAverageAfter: loadAverage() };
  const means = meansOf(words);
  writeResults("builtin", { ...load, means, words, notMeasured, nonSpeech, agreement, speed });
}
