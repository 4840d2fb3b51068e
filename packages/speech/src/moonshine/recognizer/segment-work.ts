import type { Recognition } from "../../contracts/recognizer";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { HeardSegment } from "./heard-segment";
import { settleSegment, type SegmentModel } from "./recognize-segment";
import type { Priority, RunQueue } from "./run-queue";

/** What a stream has the model do, for a speaker or for a file. */
export type SegmentWork = {
  /** Sees to the words of segments that have grown or ended. */
  update(segments: readonly HeardSegment[]): Promise<void>;
  /** Settles the segments that have ended; partial work under way gives way. */
  settleEnded(segments: readonly HeardSegment[]): Promise<void>;
  /** The words of the segment in hand if it ended here. */
  peek(segment: HeardSegment): Promise<Recognition>;
  /** Windows of a segment whose words should be there by now. */
  overdueWindows(segment: HeardSegment): number;
  /** Prefers phrases from the next guess on; null for none. */
  setBooster(booster: TokenBooster | null): void;
  /** Drops what is under way and resolves once nothing is. */
  abandon(): Promise<void>;
  /** Rejects what is under way with `reason`, for good. */
  close(reason: Error): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
};

/** What the work of all streams shares. */
export type SharedModel = {
  model: SegmentModel;
  queue: RunQueue;
};

/** Runs one graph of the shared model when it is its turn. */
export function turnsOf({ queue }: SharedModel, priority: () => Priority, signal: AbortSignal) {
  return <Result>(task: () => Promise<Result>) => queue.run(priority, task, signal);
}

/**
 * Words of a file: each segment is decoded once, when it has ended, without drafts. Nobody watches
 * them come, and so they do not depend on how the sound was cut.
 */
export class FileWork implements SegmentWork {
  readonly #shared: SharedModel;
  readonly #controller = new AbortController();
  #booster: TokenBooster | null = null;

  constructor(shared: SharedModel) {
    this.#shared = shared;
  }

  setBooster(booster: TokenBooster | null): void {
    this.#booster = booster;
  }

  update(segments: readonly HeardSegment[]): Promise<void> {
    return this.settleEnded(segments);
  }

  async settleEnded(segments: readonly HeardSegment[]): Promise<void> {
    for (const segment of segments) {
      if (!segment.isEnded || segment.settled !== null) continue;
      segment.settle(await this.peek(segment));
    }
  }

  async peek({ sound, isWitnessed }: HeardSegment): Promise<Recognition> {
    const run = turnsOf(this.#shared, () => "file", this.#controller.signal);
    const [{ model }, booster] = [this.#shared, this.#booster];
    const { settled } = await settleSegment({
      model,
      sound,
      draft: [],
      agreed: [],
      isWitnessed,
      booster,
      run,
    });
    return settled;
  }

  overdueWindows(): number {
    return 0;
  }

  abandon(): Promise<void> {
    return Promise.resolve();
  }

  close(reason: Error): void {
    this.#controller.abort(reason);
  }

  idle(): Promise<void> {
    return Promise.resolve();
  }
}
