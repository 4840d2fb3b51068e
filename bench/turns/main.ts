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
 * and `--kinds pause,room` play some of it and write nothing. `--rooms 12` are played at once: more is
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
const roomsAtOnce = Number(values.rooms ?? (isBuiltin ? 12 : 1));
const progressEvery = 50;

const { signal } = new AbortController();
const recognizer = await earChoice(ear, signal);
const models = await openSpeech({ recognizer, voice: { type: "flite" } }, signal);
const recordings = loadPeople();
const booth = new SoundBooth(models.synthesizer, recordings);
const scenes = allScenes(recordings).filter(({ kind }) => kinds?.includes(kind) ?? true);
// The product's own policy is what is judged; another is there to compare with.
const rounds = voices.flatMap((voice, index) =>
  (index === 0 ? chosen : chosen.slice(0, 1)).map((policy) =>
    cast(scenes, voice, { isFirst: index === 0, stage: { models, booth, policy } }),
  ),
);
console.log(`Playing ${rounds.flat().length} scenes to ${ear}.`);

const isWhole = values.voices === undefined && values.policies === undefined && kinds === undefined;
const loadAverageBefore = loadAverage();
const judged: JudgedScene[] = [];
let played = 0;
for (const performances of rounds) {
  const round = await playSuite(performances, roomsAtOnce, () => {
    played++;
    if (played % progressEvery === 0) console.log(`${played} played`);
  });
  judged.push(...round);
  // A run takes long: who ends it early keeps the voices that are done.
  if (isWhole) writeAll();
}
await models.close();
console.log(`\n${report(judged)}`);

function writeAll(): void {
  const name = isBuiltin ? "turns" : `turns-${ear}`;
  writeFileSync(join(import.meta.dirname, "..", "results", `${name}.txt`), `${report(judged)}\n`);
  writeResults(name, {
    ...{ ear, loadAverageBefore, loadAverageAfter: loadAverage() },
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
