import { judgeScene } from "./outcomes/judge-scene";
import type { JudgedScene } from "./outcomes/outcome";
import { playScene, type Stage } from "./play-scene";
import type { Scene } from "./scenes/scene";

/** A scene with what it is to be played with. */
export type Performance = { scene: Scene; voice: string; stage: Stage };

/**
 * Plays scenes, several rooms at once: each room's clock waits for its own models.
 *
 * @returns what came of them, in their order
 */
export async function playSuite(
  performances: readonly Performance[],
  roomsAtOnce: number,
  onJudged: (judged: JudgedScene) => void = () => undefined,
): Promise<JudgedScene[]> {
  const judged = new Map<number, JudgedScene>();
  const waiting = [...performances.entries()];
  const playNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, performance] = next;
      const done = await play(performance);
      judged.set(index, done);
      onJudged(done);
    }
  };
  await Promise.all(Array.from({ length: roomsAtOnce }, playNext));
  return performances.flatMap((_, index) => judged.get(index) ?? []);
}

async function play({ scene, voice, stage }: Performance): Promise<JudgedScene> {
  const played = await playScene(scene, stage);
  const { id, kind, set, text } = scene;
  const lines = played.lines.map(({ text: line }) => line);
  const policy = stage.policy.name;
  return { policy, voice, id, kind, set, text, lines, outcome: judgeScene(scene, played) };
}
