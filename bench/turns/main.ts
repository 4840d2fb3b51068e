// turn-taking: pauses, questions, backchannels, interruptions, echoes, company; beside another policy
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSpeech } from "@parley/speech/engines/open-speech";
import { loadPeople } from "@parley/speech/testing/people";
import { earChoice } from "../people/ears";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { cast, peoplesVoices } from "./cast";
import { figuresOf } from "./figures";
import { missesOf } from "./misses";
import type { JudgedScene } from "./outcomes/outcome";
import { playSuite } from "./play-suite";
import { policies } from "./policies";
import { report } from "./report";
import { figureRows } from "./rows";
import { allScenes } from "./scenes/all-scenes";
import { SoundBooth } from "./sounds/sound-booth";

/**
 * `--ear NAME` is a model's; results are the built-in one's. `--voices rms,awb`, `--policies parley`
 * and `--kinds pause,room` play some of it and write nothing. `--rooms 6` are played at once: more is
 * quicker, and Moonshine shares its time among them, so that it is heard one at a time.
 */
const { values } = parseArgs({
  options: {
    ear: { type: "string", default: "builtin" },
    voices: { type: "string" },
    policies: { type: "string" },
    kinds: { type: "string" },
    rooms: { type: "string" },
  },
});
const { ear } = values;
const voices = values.voices?.split(",") ?? peoplesVoices;
const chosen = policies.filter(({ name }) => values.policies?.split(",").includes(name) ?? true);
const kinds = values.kinds?.split(",");
const isBuiltin = ear === "builtin";
const roomsAtOnce = Number(values.rooms ?? (isBuiltin ? 6 : 1));
const progressEvery = 50;

const { signal } = new AbortController();
const recognizer = await earChoice(ear, signal);
const models = await openSpeech({ recognizer, voice: { type: "flite" } }, signal);
const recordings = loadPeople();
const booth = new SoundBooth(models.synthesizer, recordings);
const scenes = allScenes(recordings).filter(({ kind }) => kinds?.includes(kind) ?? true);
const performances = chosen.flatMap((policy) => {
  // The product's own is what is judged; another is there to compare with.
  const itsVoices = policy === policies[0] ? voices : voices.slice(0, 1);
  return cast(scenes, itsVoices, { models, booth, policy });
});
console.log(`Playing ${performances.length} scenes to ${ear}.`);

const loadAverageBefore = loadAverage();
let played = 0;
const judged = await playSuite(performances, roomsAtOnce, () => {
  played++;
  if (played % progressEvery === 0) console.log(`${played} played`);
});
await models.close();

const text = report(judged);
console.log(`\n${text}`);
if (values.voices === undefined && values.policies === undefined && kinds === undefined) {
  const name = isBuiltin ? "turns" : `turns-${ear}`;
  writeFileSync(join(import.meta.dirname, "..", "results", `${name}.txt`), `${text}\n`);
  writeResults(name, {
    ...{ ear, voices, loadAverageBefore, loadAverageAfter: loadAverage() },
    goals: Object.fromEntries(figureRows.map((row) => [row.name, row.goal])),
    scenes: judged.length,
    figures: chosen.map(({ name: policy }) => figuresByGroup(policy)),
    misses: missesOf(judged.filter(({ policy }) => policy === policies[0]?.name)),
  });
}

function figuresByGroup(policy: string) {
  const own = judged.filter((one) => one.policy === policy);
  const by = (nameOf: (one: JudgedScene) => string) =>
    Object.fromEntries(
      [...new Set(own.map(nameOf))].map((name) => [
        name,
        figuresOf(own.filter((one) => nameOf(one) === name)),
      ]),
    );
  const sets = by(({ set }) => set);
  return { policy, all: figuresOf(own), sets, voices: by(({ voice }) => voice) };
}
