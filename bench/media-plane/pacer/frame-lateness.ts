/** 20 ms of the 48 kHz clock. */
const ticksPerFrame = 960;
const frameMs = 20;

/**
 * How late each frame of one track goes out. Frame `n` is due 20 ms × `n` after the start; which
 * one a packet holds stands in its RTP timestamp, so that frames that were skipped are seen too.
 */
export class FrameLateness {
  /** In ms, in the order of sending. */
  latenesses: number[] = [];
  skipped = 0;
  readonly #startMs: number;
  #firstTimestamp: number | null = null;
  #nextIndex = 0;

  /** @param startMs the time at which the first frame is due */
  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  send(timestamp: number, atMs: number): void {
    this.#firstTimestamp ??= timestamp;
    const index = ((timestamp - this.#firstTimestamp) >>> 0) / ticksPerFrame;
    this.skipped += index - this.#nextIndex;
    this.#nextIndex = index + 1;
    this.latenesses.push(atMs - (this.#startMs + index * frameMs));
  }

  /** Forgets what was measured, and goes on. */
  reset(): void {
    this.latenesses = [];
    this.skipped = 0;
  }
}
