// recordings of people: words by group and condition, false words, partials, finals, speakers at once
import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import { SileroDetector } from "@parley/speech/silero/silero-detector";
import { loadPeople } from "@parley/speech/testing/people";
import { nonSpeech } from "../builtin/sounds/non-speech";
import { loadAverage } from "../support/machine-load";
import { recordingsUrl } from "../support/recordings-url";
import { writeResults } from "../support/results";
import { earChoice } from "./ears";
import { measureNonSpeech } from "./measure-non-speech";
import { measureWords } from "./measure-words";
import {
  printMisheard,
  printNonSpeech,
  printSpeed,
  printWords,
  type EarFigures,
} from "./print-figures";
import { stampsFolder, stampSounds } from "./sounds/stamp-sounds";
import { measureSpeed } from "./speed/measure-speed";

/**
 * `--ears moonshine-tiny-en,builtin` are names of models; `--recordings FOLDER` takes others than the
 * project's, with a `list.tsv` as theirs; `--sounds FOLDER` takes stamps' sounds from elsewhere;
 * `--only words,sounds,speed` measures some parts. With any but `--sounds` no results are written.
 */
const { values } = parseArgs({
  options: {
    ears: { type: "string" },
    recordings: { type: "string" },
    sounds: { type: "string", default: stampsFolder },
    only: { type: "string" },
  },
});
const ears = (values.ears ?? "moonshine-tiny-en,builtin").split(",");
const parts = (values.only ?? "words,sounds,speed").split(",");
const { signal } = new AbortController();

const recordings = loadPeople(recordingsUrl(values.recordings));
const stamps = parts.includes("sounds")
  ? await stampSounds(values.sounds, signal)
  : { sounds: new Map<string, Int16Array>(), notMeasured: null };
const sounds = new Map([...Object.entries(nonSpeech()), ...stamps.sounds]);
if (stamps.notMeasured !== null) console.log(`Generated sounds only: ${stamps.notMeasured}`);
const coreSets = findCoreSets();
if (coreSets.length === 0) console.log("Speakers at once are not measured: there is no taskset.");

const loadAverageBefore = loadAverage();
await flushDenormals();
const figures: EarFigures[] = [];
for (const ear of ears) {
  console.log(`Listening with ${ear}.`);
  figures.push(await measureEar(ear));
}
if (parts.includes("words")) {
  printWords(figures);
  for (const each of figures) printMisheard(each);
}
for (const each of figures) printNonSpeech(each);
for (const each of figures) printSpeed(each);

if (values.ears === undefined && values.recordings === undefined && values.only === undefined) {
  const load = { loadAverageBefore, loadAverageAfter: loadAverage() };
  const goal = { errorPercent: 10, falseWordsIn100Sounds: 3 };
  writeResults("people", { ...load, goal, notMeasured: stamps.notMeasured, ears: figures });
}

async function measureEar(ear: string): Promise<EarFigures> {
  const choice = await earChoice(ear, signal);
  const recognizer = await openRecognizer(choice, signal);
  const voiceActivityDetector = await SileroDetector.open({ threads: 1 }, signal);
  const hearing = { recognizer, voiceActivityDetector };
  const words = parts.includes("words")
    ? await measureWords(hearing, recordings)
    : { figures: [], misheard: [] };
  const falseWords = parts.includes("sounds") ? await measureNonSpeech(hearing, sounds) : null;
  await Promise.all([recognizer.close(), voiceActivityDetector.close()]);
  const speed = parts.includes("speed")
    ? await measureSpeed(choice, {
        recordings: recordings.map(({ samples }) => samples),
        finalSeconds: [1, 2, 5, 10],
        finalTimes: 5,
        speakers: [1, 2, 4, 6, 8],
        seconds: 15,
        coreSets,
      })
    : null;
  return { ear, words: words.figures, misheard: words.misheard, nonSpeech: falseWords, speed };
}

/** One core and two, as far as the machine has them and its system can hold a process to them. */
function findCoreSets(): { cores: number; list: string }[] {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
  } catch {
    return [];
  }
  const one = { cores: 1, list: "0" };
  return availableParallelism() > 1 ? [one, { cores: 2, list: "0,1" }] : [one];
}
