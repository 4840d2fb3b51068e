import { AppError } from "@parley/shared/errors";
import type { StreamingShape } from "../model/asr-model";

/** One stream's encoder caches; see `StreamingEncoderStep` for the layouts. */
export type CacheSlot = {
  /** [layers, leftContext, channelWidth]. */
  readonly lastChannel: Float32Array;
  /** [layers, width, convolutionContext]. */
  readonly lastTime: Float32Array;
  /** Frames of `lastChannel` that hold something. */
  lastChannelLength: number;
};

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
    const { layers, leftContext, width, channelWidth, convolutionContext } = this.#shape;
    return {
      lastChannel: layers * leftContext * channelWidth,
      lastTime: layers * width * convolutionContext,
    };
  }

  /** @throws AppError `at-capacity` when all slots are taken */
  acquire(): CacheSlot {
    const slot = this.#take();
    clearSlot(slot);
    return slot;
  }

  /** @throws AppError `at-capacity` when all slots are taken */
  fork(original: CacheSlot): CacheSlot {
    const slot = this.#take();
    slot.lastChannel.set(original.lastChannel);
    slot.lastTime.set(original.lastTime);
    slot.lastChannelLength = original.lastChannelLength;
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
    const { lastChannel, lastTime } = this.sizes;
    return {
      lastChannel: new Float32Array(lastChannel),
      lastTime: new Float32Array(lastTime),
      lastChannelLength: 0,
    };
  }
}

/** Nothing heard yet. */
export function clearSlot(slot: CacheSlot): void {
  slot.lastChannel.fill(0);
  slot.lastTime.fill(0);
  slot.lastChannelLength = 0;
}
