// end of speech to the first sample of the agent's reply, heard in Chromium
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { joinSamples } from "@parley/audio/join-samples";
import { silence, writeWav } from "../../e2e/support/speech";
import { loadAverage } from "../support/machine-load";
import { startParley } from "../../e2e/support/parley-instance";
import { percentiles, round } from "../support/percentiles";
import { writeResults } from "../support/results";
import { printTable } from "../support/table";
import { peopleSpeech } from "./people-speech";
import { promptedSpeech, prompts } from "./prompted-speech";
import { synthesisedSpeech } from "./synthesised-speech";
import { talk } from "./talk";
import { utterances } from "./utterances";

/** Joining and the greeting fit in before the first word. */
const leadMs = 14_000;
/** Longer than any answer of the built-in brain to these sentences. */
const gapMs = 13_000;

/**
 * `--people` speaks recordings of people to the ear that Parley starts with, `--recordings FOLDER`
 * others than the project's, `--questions` what a person asks callers on the telephone; without these
 * synthesised voices speak to the ear that learnt them. `--ear NAME` chooses another. A number is that
 * of the turns.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: "boolean", default: false },
    questions: { type: "boolean", default: false },
    recordings: { type: "string" },
    ear: { type: "string" },
  },
});
const said = values.questions
  ? "questions"
  : values.people || values.recordings !== undefined
    ? "people"
    : "synthesised";
/** An empty name is that of nobody: the ear that comes with Parley. */
const ear = values.ear ?? (said === "synthesised" ? "builtin" : "");
const turns = Number(positionals[0] ?? (values.questions ? prompts : utterances).length);
const controller = new AbortController();
const folder = mkdtempSync(join(tmpdir(), "parley-heard-latency-"));

console.log(`Preparing ${turns} utterances.`);
const speakers = {
  questions: () => promptedSpeech(turns, controller.signal),
  people: () => Promise.resolve(peopleSpeech(turns, values.recordings)),
  synthesised: () => synthesisedSpeech(turns, controller.signal),
};
const speech = await speakers[said]();
const pieces = speech.flatMap((utterance) => [utterance, silence(gapMs)]);
const microphone = joinSamples([silence(leadMs), ...pieces]);
const wav = writeWav(folder, "microphone", microphone);

const loadAverageBefore = loadAverage();
const parley = await startParley(27_860, { RECOGNIZER_MODEL: ear });
try {
  const lengthMs = microphone.length / 16;
  console.log(`Talking for ${Math.round(lengthMs / 1_000)} s.`);
  const { spoken, exchanges, unanswered, lines } = await talk(parley.address, { wav, lengthMs });

  const partNames = ["uplink", "detection", "decision", "release", "downlink"] as const;
  const stepNames = ["words", "clause", "sound"] as const;
  printTable(
    ["turn", "heard", ...partNames, "remainder", ...stepNames],
    exchanges.map((exchange, index) => [
      String(index + 1),
      round(exchange.heardMs),
      ...partNames.map((part) => round(exchange.parts[part])),
      round(exchange.remainderMs),
      ...stepNames.map((step) => round(exchange.sinceDetected[step])),
    ]),
  );
  const heard = percentiles(exchanges.map(({ heardMs }) => heardMs));
  const parts = Object.fromEntries(
    partNames.map((part) => [part, percentiles(exchanges.map((exchange) => exchange.parts[part]))]),
  );
  const sinceDetected = Object.fromEntries(
    stepNames.map((step) => [
      step,
      percentiles(exchanges.map((exchange) => exchange.sinceDetected[step])),
    ]),
  );
  console.log("");
  printTable(
    ["ms", "p50", "p90", "p95", "max"],
    Object.entries({ heard, ...parts, ...sinceDetected }).map(([name, row]) => [
      name,
      row.p50,
      row.p90,
      row.p95,
      row.max,
    ]),
  );
  console.log(`\n${lines.join("\n")}`);
  console.log(`\nspoken ${spoken}, answered ${exchanges.length}, unanswered ${unanswered}`);
  const name = said === "synthesised" ? "heard-latency" : `heard-latency-${said}`;
  writeResults(values.ear === undefined ? name : `${name}-${ear}`, {
    unit: "ms",
    goal: { p50: 400, p95: said === "synthesised" ? 600 : 650 },
    ear: ear === "" ? "default" : ear,
    loadAverageBefore,
    loadAverageAfter: loadAverage(),
    spoken,
    unanswered,
    heard,
    parts,
    sinceDetected,
    largestRemainder: Math.max(...exchanges.map(({ remainderMs }) => Math.abs(remainderMs))),
    turns: exchanges,
  });
} finally {
  await parley.close();
  controller.abort();
  rmSync(folder, { recursive: true, force: true });
}
