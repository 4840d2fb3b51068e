import { loadPeople } from "@parley/speech/testing/people";
import { cast } from "./cast";
import { openModels } from "./open-models";
import type { JudgedScene } from "./outcomes/outcome";
import { playSuite } from "./play-suite";
import type { Policy } from "./policies";
import { allScenes } from "./scenes/all-scenes";
import { SoundBooth } from "./sounds/sound-booth";

export type VirtualRun = {
  /** Name of the model that hears. */
  ear: string;
  /** Voices of people. */
  voices: readonly string[];
  /** The first is judged in every voice, others, to compare with, in the first voice. */
  policies: readonly Policy[];
  /** All unless given. */
  kinds: readonly string[] | undefined;
  sets: readonly string[] | undefined;
  roomsAtOnce: number;
};

const progressEvery = 50;

/**
 * Plays the suite in virtual time.
 *
 * @param onRound is told what came of all scenes so far, after each voice: a run takes long
 */
export async function runInVirtualTime(
  { ear, voices, policies, kinds, sets, roomsAtOnce }: VirtualRun,
  onRound: (judged: readonly JudgedScene[]) => void,
): Promise<JudgedScene[]> {
  const models = await openModels(ear);
  const recordings = loadPeople();
  const booth = new SoundBooth(models.synthesizer, recordings);
  const scenes = allScenes(recordings).filter(
    ({ kind, set }) => (kinds?.includes(kind) ?? true) && (sets?.includes(set) ?? true),
  );
  const rounds = voices.flatMap((voice, index) =>
    policies
      .slice(0, index === 0 ? policies.length : 1)
      .map((policy) =>
        cast(scenes, voice, { isFirst: index === 0, stage: { models, booth, policy } }),
      ),
  );
  console.log(`Playing ${rounds.flat().length} scenes to ${ear}.`);
  const judged: JudgedScene[] = [];
  let played = 0;
  for (const performances of rounds) {
    const round = await playSuite(performances, roomsAtOnce, () => {
      played++;
      if (played % progressEvery === 0) console.log(`${played} played`);
    });
    judged.push(...round);
    onRound(judged);
  }
  await models.close();
  return judged;
}
