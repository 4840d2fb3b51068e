import { type FliteVoice, fliteVoices } from "@parley/speech/flite/flite-voices";
import type { Performance } from "./play-suite";
import type { Stage } from "./play-scene";
import type { Scene } from "./scenes/scene";

/** Voices of people: the agent speaks with the first of Flite's. */
export const peoplesVoices: readonly FliteVoice[] = fliteVoices.slice(1);

/**
 * Scenes with a voice for the first person; those in which nobody speaks with one, the first time.
 */
export function cast(
  scenes: readonly Scene[],
  voice: string,
  { isFirst, stage }: { isFirst: boolean; stage: Omit<Stage, "voices"> },
): Performance[] {
  const [kim, television] = peoplesVoices.filter((other) => other !== voice);
  const voices = { Robin: voice, Kim: kim ?? voice, television: television ?? voice };
  return scenes
    .filter((scene) => isFirst || isSpoken(scene))
    .map((scene) => ({
      scene,
      stage: { ...stage, voices },
      voice: isSpoken(scene) ? voice : "none",
    }));
}

function isSpoken({ steps }: Scene): boolean {
  return steps.some((step) => step.type === "begins" && step.sound.type === "speech");
}
