import { FliteSynthesizer } from "@parley/speech/flite/flite-synthesizer";
import { loadPeople } from "@parley/speech/testing/people";
import type { JudgedScene } from "../outcomes/outcome";
import { allScenes } from "../scenes/all-scenes";
import type { Scene, SceneKind } from "../scenes/scene";
import { SoundBooth } from "../sounds/sound-booth";
import { openChromiumStage } from "./chromium-stage";
import { playInChromium, type MicrophoneHandling } from "./play-in-chromium";

/** Scenes of each kind that are played, from the held-out ones: real time is long. */
const scenesOfKind: Partial<Record<SceneKind, number>> = {
  question: 2,
  statement: 2,
  pause: 6,
  sentences: 2,
  backchannel: 5,
  interruption: 10,
};

const policies = [
  { policy: "parley in Chromium", handling: "echo canceller" },
  { policy: "with headphones", handling: "headphones" },
] satisfies { policy: string; handling: MicrophoneHandling }[];

/**
 * Plays some scenes to the whole product in Chromium, with its echo canceller and without. A scene
 * that fails is told of and left out.
 *
 * @param ear name of the model that hears
 */
export async function runInBrowser(
  ear: string,
  voice: string,
  kinds: readonly string[] | undefined,
): Promise<JudgedScene[]> {
  const { signal } = new AbortController();
  const synthesizer = await FliteSynthesizer.open();
  const recordings = loadPeople();
  const booth = new SoundBooth(synthesizer, recordings);
  const scenes = chosenScenes(allScenes(recordings)).filter(
    ({ kind }) => kinds?.includes(kind) ?? true,
  );
  const stage = await openChromiumStage(ear, signal);
  const judged: JudgedScene[] = [];
  try {
    for (const { policy, handling } of policies) {
      for (const scene of scenes) {
        const { id, kind, set, text } = scene;
        try {
          const seen = await stage.withTalker((talker) =>
            playInChromium(scene, talker, booth, { voice, handling }),
          );
          judged.push({ policy, voice, id, kind, set, text, ...seen });
          console.log(`${policy}, ${id}: ${JSON.stringify(seen.outcome)}`);
        } catch (error) {
          console.log(`${id} failed: ${error instanceof Error ? error.message : "unknown"}`);
        }
      }
    }
  } finally {
    await stage.close();
    await synthesizer.close();
  }
  return judged;
}

function chosenScenes(scenes: readonly Scene[]): Scene[] {
  return Object.entries(scenesOfKind).flatMap(([kind, count]) =>
    scenes.filter((scene) => scene.kind === kind && scene.set === "held-out").slice(0, count),
  );
}
