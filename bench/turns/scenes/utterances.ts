import { completeTexts } from "./texts/complete";
import { pauseTexts, sentenceTexts, trailingTexts } from "./texts/unfinished";
import { sceneId, says, type Scene, type SceneKind, type SceneSet } from "./scene";

/** Longer than any turn waits, and a second of the answer. */
const answerLimitMs = 5_000;

/** Everything that one person says to a silent agent, and then waits for the answer. */
export function utteranceScenes(): Scene[] {
  const lists = { ...completeTexts, pause: pauseTexts, sentences: sentenceTexts };
  return [
    ...Object.entries({ ...lists, trailing: trailingTexts }).flatMap(([kind, texts]) =>
      (["tuned", "held-out"] as const).flatMap((set) =>
        texts[set].map((text, index) => utterance(kind as SceneKind, set, index, text)),
      ),
    ),
  ];
}

function utterance(kind: SceneKind, set: SceneSet, index: number, text: string): Scene {
  const steps = [
    { type: "passes" as const, ms: 600 },
    ...says("Robin", text),
    { type: "awaits-answer" as const, limitMs: answerLimitMs },
  ];
  return { id: sceneId(kind, set, index), kind, set, text, steps };
}
