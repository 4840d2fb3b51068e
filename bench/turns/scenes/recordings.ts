import type { PersonRecording } from "@parley/speech/testing/people";
import { sceneId, type Scene, type SceneStep } from "./scene";

/** Words below which a recording has no middle to pause in. */
const leastWords = 6;
/** Pauses that people make: to breathe, and to think. */
const pausesMs = [600, 1_000];

/** What people said, as it is, and with a pause put in; all of them are statements. */
export function recordingScenes(recordings: readonly PersonRecording[]): Scene[] {
  const whole = recordings.map(({ file, words }, index) =>
    scene(index, "statement", words, { type: "recording", file }),
  );
  const long = recordings.filter(({ words }) => words.split(" ").length >= leastWords);
  const paused = long.flatMap(({ file, words }, index) =>
    pausesMs.map((pauseMs, at) =>
      scene(index * pausesMs.length + at, "pause", words, { type: "recording", file, pauseMs }),
    ),
  );
  return [...whole, ...paused];
}

function scene(
  index: number,
  kind: "statement" | "pause",
  text: string,
  sound: Extract<SceneStep, { type: "begins" }>["sound"],
): Scene {
  return {
    id: sceneId(kind, "people", index),
    kind,
    set: "people",
    text,
    steps: [
      { type: "passes", ms: 600 },
      { type: "begins", who: "Robin", sound },
      { type: "finishes" },
      { type: "awaits-answer", limitMs: 5_000 },
    ],
  };
}
