// turn-taking: pauses, questions, backchannels, interruptions, echoes, company; beside another policy
import { parseArgs } from "node:util";
import { SmartTurnDetector } from "@parley/speech/smart-turn/smart-turn-detector";
import { loadAverage } from "../support/machine-load";
import { runInBrowser } from "./browser/run-browser";
import { peoplesVoices } from "./cast";
import { policies, policiesBySound } from "./policies";
import { report } from "./report";
import { runInVirtualTime } from "./run-virtual";
import { writeReport } from "./write-report";

/**
 * `--ear NAME` is a model's: the built-in one unless given. `--voices rms,awb`, `--policies parley`,
 * `--kinds pause,room` and `--sets people` play some of it and write nothing. `--rooms 12` are played at
 * once: more is quicker, and Moonshine shares its time among them, so that it is heard one at a time.
 * `--browser` plays some scenes in Chromium. `--smart-turn FILE` compares ways to judge the sound, with
 * that ONNX graph as one of them.
 */
const { values } = parseArgs({
  options: {
    ear: { type: "string", default: "builtin" },
    voices: { type: "string" },
    policies: { type: "string" },
    kinds: { type: "string" },
    sets: { type: "string" },
    rooms: { type: "string" },
    "smart-turn": { type: "string" },
    browser: { type: "boolean", default: false },
  },
});
const { ear } = values;
const isBuiltin = ear === "builtin";
const file = values["smart-turn"];
const smartTurn = file === undefined ? null : await SmartTurnDetector.open({ file, threads: 1 });
const offered = smartTurn === null ? policies : policiesBySound(smartTurn);
const voices = values.voices?.split(",") ?? peoplesVoices;
const kinds = values.kinds?.split(",");
const sets = values.sets?.split(",");
const isWhole =
  values.voices === undefined &&
  values.policies === undefined &&
  kinds === undefined &&
  sets === undefined &&
  smartTurn === null;
const loadAverageBefore = loadAverage();
const about = () => ({ ear, loadAverageBefore, loadAverageAfter: loadAverage() });
const nameOf = (run: string) => (isBuiltin ? run : `${run}-${ear}`);

if (values.browser) {
  const judged = await runInBrowser(ear, voices[0] ?? "rms", kinds);
  console.log(`\n${report(judged)}`);
  if (isWhole) writeReport(nameOf("turns-browser"), judged, about());
} else {
  const judged = await runInVirtualTime(
    {
      ear,
      voices,
      kinds,
      sets,
      policies: offered.filter(({ name }) => values.policies?.split(",").includes(name) ?? true),
      roomsAtOnce: Number(values.rooms ?? (isBuiltin ? 12 : 1)),
    },
    (soFar) => {
      // Who ends a run early keeps the voices that are done.
      if (isWhole) writeReport(nameOf("turns"), soFar, about());
    },
  );
  console.log(`\n${report(judged)}`);
}
await smartTurn?.close();
