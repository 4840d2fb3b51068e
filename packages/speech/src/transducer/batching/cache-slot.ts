import type { StreamingShape } from "../model/asr-model";

/** Spare frames behind the cache: until they are full, nothing has to move. */
const spareFrames = 16;

/**
 * One stream's encoder caches; see `StreamingEncoderStep` for the layouts. The channel cache is a
 * window that moves over a longer array, since a chunk adds few frames to many.
 */
export class CacheSlot {
  readonly #shape: StreamingShape;
  /** Capacity of a row, in frames. */
  readonly #room: number;
  /** [channelRows, room, channelWidth]. */
  readonly #channel: Float32Array;
  readonly #lastTime: Float32Array;
  /** Start of the window, in frames. */
  #start = 0;
  #lastChannelLength = 0;

  constructor(shape: StreamingShape) {
    const { layers, width, convolutionContext } = shape;
    const { channelRows, leftContext, channelWidth } = shape;
    this.#shape = shape;
    this.#room = leftContext + spareFrames;
    this.#channel = new Float32Array(channelRows * this.#room * channelWidth);
    this.#lastTime = new Float32Array(layers * width * convolutionContext);
  }

  /** Valid frames in the channel cache. */
  get lastChannelLength(): number {
    return this.#lastChannelLength;
  }

  /** [layers, width, convolutionContext]; a view. */
  get lastTime(): Float32Array {
    return this.#lastTime;
  }

  /** Copies the contents of another slot of the same shape. */
  copyFrom(other: CacheSlot): void {
    this.#channel.set(other.#channel);
    this.#lastTime.set(other.#lastTime);
    this.#start = other.#start;
    this.#lastChannelLength = other.#lastChannelLength;
  }

  /** Empties the caches, as before any sound. */
  clear(): void {
    this.#channel.fill(0);
    this.#lastTime.fill(0);
    this.#start = 0;
    this.#lastChannelLength = 0;
  }

  /**
   * Copies the channel cache, [channelRows, leftContext, channelWidth], to `target` at index `at`.
   */
  copyChannel(target: Float32Array, at: number): void {
    const { channelRows, leftContext, channelWidth } = this.#shape;
    const size = leftContext * channelWidth;
    for (let row = 0; row < channelRows; row++) {
      const from = (row * this.#room + this.#start) * channelWidth;
      target.set(this.#channel.subarray(from, from + size), at + row * size);
    }
  }

  /**
   * Appends frames to the channel cache; as many leave at its front.
   *
   * @param values [channelRows, frames, channelWidth] from index `at`
   */
  append(values: Float32Array, at: number, frames: number): void {
    const { channelRows, leftContext, channelWidth } = this.#shape;
    const added = Math.min(frames, leftContext);
    if (this.#start + leftContext + added > this.#room) this.#moveToFront(leftContext - added);
    else this.#start += added;
    const size = added * channelWidth;
    for (let row = 0; row < channelRows; row++) {
      const end = at + (row + 1) * frames * channelWidth;
      const to = (row * this.#room + this.#start + leftContext - added) * channelWidth;
      this.#channel.set(values.subarray(end - size, end), to);
    }
  }

  /**
   * Replaces the time cache and the number of valid channel frames.
   *
   * @param lastTime [layers, width, convolutionContext]
   */
  replaceTime(lastTime: Float32Array, lastChannelLength: number): void {
    this.#lastTime.set(lastTime);
    this.#lastChannelLength = lastChannelLength;
  }

  /** Moves the last frames of the window to the front of the array. */
  #moveToFront(frames: number): void {
    const { channelRows, leftContext, channelWidth } = this.#shape;
    const end = this.#start + leftContext;
    for (let row = 0; row < channelRows; row++) {
      const first = row * this.#room;
      const from = (first + end - frames) * channelWidth;
      this.#channel.copyWithin(first * channelWidth, from, (first + end) * channelWidth);
    }
    this.#start = 0;
  }
}
