import { AppError } from "@parley/shared/errors";
import type { StreamingShape } from "../model/asr-model";
import { CacheSlot } from "./cache-slot";

/**
 * The encoder caches of all streams. A slot is megabytes with a full-size model, so slots are made
 * once and used again: streams that come and go leave no garbage behind.
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

  /** Values of each cache of one stream. */
  get sizes(): { lastChannel: number; lastTime: number } {
    const { layers, width, convolutionContext } = this.#shape;
    const { channelRows, leftContext, channelWidth } = this.#shape;
    return {
      lastChannel: channelRows * leftContext * channelWidth,
      lastTime: layers * width * convolutionContext,
    };
  }

  /** @throws AppError `at-capacity` when all slots are taken */
  acquire(): CacheSlot {
    const slot = this.#take();
    slot.clear();
    return slot;
  }

  /** @throws AppError `at-capacity` when all slots are taken */
  fork(original: CacheSlot): CacheSlot {
    const slot = this.#take();
    slot.copyFrom(original);
    return slot;
  }

  /** The slot must not be used again by whoever gives it back. */
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
