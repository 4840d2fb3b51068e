import { AppError } from "@parley/shared/errors";
import type { StreamingShape } from "../model/asr-model";
import { CacheSlot } from "./cache-slot";

/**
 * Pool of encoder caches for all streams. A slot has megabytes with a full-size model, so slots are
 * allocated once and reused: streams that come and go leave no garbage.
 */
export class CacheArena {
  readonly #shape: StreamingShape;
  readonly #maxSlots: number;
  readonly #free: CacheSlot[] = [];
  #made = 0;

  constructor(shape: StreamingShape, maxSlots: number) {
    this.#shape = shape;
    this.#maxSlots = maxSlots;
  }

  /** Number of values in each cache of one stream. */
  get sizes(): { lastChannel: number; lastTime: number } {
    const { layers, width, convolutionContext } = this.#shape;
    const { channelRows, leftContext, channelWidth } = this.#shape;
    return {
      lastChannel: channelRows * leftContext * channelWidth,
      lastTime: layers * width * convolutionContext,
    };
  }

  /**
   * An empty slot.
   *
   * @throws AppError `at-capacity` when all slots are taken
   */
  acquire(): CacheSlot {
    const slot = this.#take();
    slot.clear();
    return slot;
  }

  /**
   * A slot with a copy of another one's contents.
   *
   * @throws AppError `at-capacity` when all slots are taken
   */
  fork(original: CacheSlot): CacheSlot {
    const slot = this.#take();
    slot.copyFrom(original);
    return slot;
  }

  /** Returns a slot to the pool; the caller must not use it any more. */
  release(slot: CacheSlot): void {
    this.#free.push(slot);
  }

  #take(): CacheSlot {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    if (this.#made === this.#maxSlots) {
      throw new AppError("at-capacity", `all ${this.#maxSlots} encoder caches are in use`, {
        isRetryable: true,
      });
    }
    this.#made++;
    return new CacheSlot(this.#shape);
  }
}
