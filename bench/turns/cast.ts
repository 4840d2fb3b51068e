import { type FliteVoice, fliteVoices } from "@parley/speech/flite/flite-voices";
import type { Performance } from "./play-suite";
import type { Stage } from "./play-scene";
import type { Scene } from "./scenes/scene";

/** Voices of people: the agent speaks with the first of Flite's. */
export const peoplesVoices: readonly FliteVoice[] = fliteVoices.slice(1);

/** Scenes in every voice; those in which nobody speaks with one, once. */
export function cast(
  scenes: readonly Scene[],
  voices: readonly string[],
  stage: Omit<Stage, "voices">,
): Performance[] {
  return voices.flatMap((voice, index) => {
    const [kim, television] = peoplesVoices.filter((other) => other !== voice);
    const parts = { Robin: voice, Kim: kim ?? voice, television: television ?? voice };
    return scenes
      .filter((scene) => index === 0 || isSpoken(scene))
      .map((scene) => ({
        ...{ scene, stage: { ...stage, voices: parts } },
        voice: isSpoken(scene) ? voice : "–",
      }));
  });
}

function isSpoken({ steps }: Scene): boolean {
  return steps.some((step) => step.type === "begins" && step.sound.type === "speech");
}
