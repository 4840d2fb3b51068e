// taps per core, lateness of the pacer while the process is busy, barge-in to silence in the browser
import { joinSamples } from "@parley/audio/join-samples";
import { parseArgs } from "node:util";
import { Speech } from "../../e2e/support/speech";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { measureBargeIn, printBargeIn, silenceGoalMs } from "./barge-in/measure-barge-in";
import { encodeSpeech } from "./microphones/opus-speech";
import { measurePacer, pacerGoalP99Ms, printPacer } from "./pacer/measure-pacer";
import { measureTaps, printTaps } from "./taps/measure-taps";

/** `--more` adds 200 taps; `--only taps,pacer,barge-in` runs some parts and writes no results. */
const { values } = parseArgs({
  options: {
    more: { type: "boolean", default: false },
    only: { type: "string" },
    times: { type: "string", default: "12" },
  },
});
const parts = values.only?.split(",");
const isWanted = (part: string) => parts?.includes(part) ?? true;

const sentences = [
  "what is four times eleven",
  "tell me a joke about a fox and a writer, and then another one about the sea",
  "i have a flight at twelve o'clock in the evening",
  "what's the temperature in manila today, and will it rain tomorrow",
];

async function synthesise(): Promise<Int16Array> {
  const controller = new AbortController();
  const speech = await Speech.open(controller.signal);
  const pieces: Int16Array[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const voice = index % 2 === 0 ? "rms" : "awb";
    pieces.push(await speech.say(sentence, voice, controller.signal));
  }
  await speech.close();
  return joinSamples(pieces);
}

console.log("Synthesising and encoding speech.");
const samples = await synthesise();
const packets = await encodeSpeech(samples);
const results: Record<string, unknown> = { loadAverageBefore: loadAverage() };

if (isWanted("taps")) {
  console.log(`\nTaps per core (load average ${loadAverage()}).`);
  const counts = [25, 50, 100, 150, ...(values.more ? [200] : [])];
  const taps = await measureTaps(counts, packets);
  printTaps(taps);
  results.taps = { unit: "ms, percent of one core", ...taps };
}
if (isWanted("pacer")) {
  console.log(`\nLateness of the pacer (load average ${loadAverage()}).`);
  const loads = await measurePacer({ packets, samples });
  printPacer(loads);
  results.pacer = { unit: "ms, percent of one core", goal: { p99: pacerGoalP99Ms }, loads };
}
if (isWanted("barge-in")) {
  console.log(`\nInterrupt to silence (load average ${loadAverage()}).`);
  const bargeIn = await measureBargeIn(Number(values.times));
  printBargeIn(bargeIn);
  results.bargeIn = { unit: "ms", goal: { max: silenceGoalMs }, ...bargeIn };
}
results.loadAverageAfter = loadAverage();
if (parts === undefined) writeResults("media-plane", results);
