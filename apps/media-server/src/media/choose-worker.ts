import { isNeighbouringProtocol } from "@parley/shared/protocol/agent-link";
import { closestLanguage } from "@parley/shared/protocol/closest-language";
import type { InferenceWorker, WorkerWish } from "../contracts/inference-worker";

/** Load of a worker of which nothing is known: behind one that is free, before one that is full. */
const unknownLoad = 0.5;

/**
 * The best of these workers for a room: one that serves, speaks the language with the voice, has
 * a chat server that answers and room, and of those the least loaded; null when there is none at all. One that does not seem to
 * serve is still the best where there is no other, since what is known of it may be old.
 *
 * @param loadOf share of the worker's capacity that is in use, by what was given to it since its card
 */
export function chooseWorker(
  workers: readonly InferenceWorker[],
  wish: WorkerWish,
  loadOf: (worker: InferenceWorker) => number = ({ card }) => card?.load ?? unknownLoad,
): InferenceWorker | null {
  let best: { worker: InferenceWorker; rank: readonly number[] } | null = null;
  for (const worker of workers) {
    const rank = rankOf(worker, wish, loadOf(worker));
    if (best === null || isBefore(rank, best.rank)) best = { worker, rank };
  }
  return best?.worker ?? null;
}

/** The lower the better, the first difference decides. */
function rankOf(
  { isReady, card }: InferenceWorker,
  { voice, language }: WorkerWish,
  load: number,
): readonly number[] {
  const serves = isReady && card?.isDraining !== true;
  const understands = card === null || isNeighbouringProtocol(card.protocol);
  const hasVoice = voice === "" || card === null || card.voices.includes(voice);
  const speaksIt =
    language === "" || card === null || closestLanguage(language, card.languages) !== undefined;
  return [
    Number(!(serves && understands)),
    Number(load >= 1),
    Number(!speaksIt),
    Number(!hasVoice),
    Number(card?.chat === "fails"),
    Number(card?.chat === "waking"),
    load,
  ];
}

function isBefore(rank: readonly number[], other: readonly number[]): boolean {
  for (const [index, value] of rank.entries()) {
    const difference = value - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
