import { noiseNames } from "../sounds/noises";
import {
  sceneId,
  storyUnderWay,
  type Scene,
  type SceneKind,
  type SceneSet,
  type SceneSound,
} from "./scene";
import { backchannelTexts, interruptionTexts } from "./texts/over-reply";

/** Until a reply that was cut for nothing would have come back. */
const afterwardsMs = { backchannel: 2_200, noise: 2_200, interruption: 2_800 };

/** What is heard while the agent tells a story: sounds that listen, that are nothing, that want it to stop. */
export function overReplyScenes(): Scene[] {
  const sets = ["tuned", "held-out"] as const;
  const spoken = sets.flatMap((set) => [
    ...backchannelTexts[set].map((text, at) => overStory("backchannel", set, at, text)),
    ...interruptionTexts[set].map((text, at) => overStory("interruption", set, at, text)),
  ]);
  // Nothing was tuned on these noises: they are generated anew here.
  const noises = noiseNames.map((name, at) => {
    const kind = name.startsWith("hum") ? "backchannel" : "noise";
    return overStory(kind, "held-out", 100 + at, name, { type: "noise", name });
  });
  return [...spoken, ...noises];
}

function overStory(
  kind: keyof typeof afterwardsMs & SceneKind,
  set: SceneSet,
  index: number,
  text: string,
  sound: SceneSound = { type: "speech", text },
): Scene {
  return {
    id: sceneId(kind, set, index),
    kind,
    set,
    text,
    steps: [
      ...storyUnderWay,
      { type: "begins", who: "Robin", sound },
      { type: "finishes" },
      { type: "passes", ms: afterwardsMs[kind] },
    ],
  };
}
