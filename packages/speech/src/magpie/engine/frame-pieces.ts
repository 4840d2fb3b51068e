import type { SpeechQuality } from "./magpie-request";

/** Frames of the first pieces; the last number holds from then on. Small ones give an early start. */
const growingFrames = [1, 2, 4, 8];
/** Bounded, since a piece cannot be interrupted and other streams wait for it. */
const batchedFrames = 32;

/**
 * Cuts the frames of an utterance into the pieces that the codec decodes at once. The cuts make no
 * difference to the sound.
 */
export class FramePieces {
  readonly #quality: SpeechQuality;
  #isFirstChunk = true;
  #pieces = 0;
  #waiting: number[][] = [];

  constructor(quality: SpeechQuality) {
    this.#quality = quality;
  }

  /** @param frames codes of codec frames; @returns the next piece once it is full */
  add(frames: readonly number[][]): number[][] | null {
    this.#waiting.push(...frames);
    return this.#waiting.length >= this.#wanted && this.#waiting.length > 0 ? this.#take() : null;
  }

  /** Ends the text chunk. @returns its remaining frames */
  endChunk(): number[][] | null {
    this.#isFirstChunk = false;
    return this.#waiting.length > 0 ? this.#take() : null;
  }

  get #wanted(): number {
    const isGrowing = this.#isFirstChunk && this.#quality === "fast-start";
    if (!isGrowing) return batchedFrames;
    return growingFrames[Math.min(this.#pieces, growingFrames.length - 1)] ?? 1;
  }

  #take(): number[][] {
    this.#pieces++;
    return this.#waiting.splice(0);
  }
}
