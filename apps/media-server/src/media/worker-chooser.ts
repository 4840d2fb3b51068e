import type { InferenceWorker, WorkerWish } from "../contracts/inference-worker";
import { chooseWorker } from "./choose-worker";

/** Capacity of a worker that does not tell. */
const unknownCapacity = 64;
const unknownLoad = 0.5;

/** @param eased addresses of workers at which a refused room should try again */
type EasedListener = (eased: ReadonlySet<string>) => void;

/** Gives rooms to workers. One for the whole media engine, so that a crowd of rooms is spread. */
export class WorkerChooser {
  #workers: readonly InferenceWorker[];
  /** Rooms given to a worker since its card was written, by its address. */
  readonly #given = new Map<string, number>();
  readonly #listeners = new Set<EasedListener>();

  constructor(workers: readonly InferenceWorker[]) {
    this.#workers = workers;
  }

  /** Whether a room that loses its worker has another one to go to. */
  get hasSeveral(): boolean {
    return this.#workers.length > 1;
  }

  setWorkers(workers: readonly InferenceWorker[]): void {
    const eased = new Set<string>();
    for (const worker of workers) {
      const { url, card } = worker;
      const before = this.#workers.find((known) => known.url === url);
      if (before?.card?.load !== card?.load) this.#given.delete(url);
      if (hasEased(worker, before)) eased.add(url);
    }
    this.#workers = workers;
    for (const listener of [...this.#listeners]) listener(eased);
  }

  /**
   * The best worker for a room now.
   *
   * @param isResting whether the room leaves this address alone for a while
   */
  choose(wish: WorkerWish, isResting: (url: string) => boolean): InferenceWorker | null {
    const candidates = this.#workers.filter(({ url }) => !isResting(url));
    const chosen = chooseWorker(candidates, wish, (worker) => this.#loadOf(worker));
    if (chosen !== null) this.#given.set(chosen.url, (this.#given.get(chosen.url) ?? 0) + 1);
    return chosen;
  }

  /** Calls back at each change of the workers, with those that have become free or have come. @returns a function that ends it */
  subscribe(listener: EasedListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #loadOf({ url, card }: InferenceWorker): number {
    const given = (this.#given.get(url) ?? 0) / (card?.capacity ?? unknownCapacity);
    return (card?.load ?? unknownLoad) + given;
  }
}

function hasEased(
  { isReady, card }: InferenceWorker,
  before: InferenceWorker | undefined,
): boolean {
  if (!isReady || (card?.load ?? 0) >= 1) return false;
  if (before?.isReady !== true) return true;
  return (card?.load ?? 0) < (before.card?.load ?? 0);
}
