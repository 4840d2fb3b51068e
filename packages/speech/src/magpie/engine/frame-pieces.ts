import type { SpeechQuality } from "./speech-request";

/** Frames of the first pieces, then for good: the first sound early, later ones cheap. */
const growingFrames = [1, 2, 4, 8];
/** A piece cannot be interrupted, and others wait for it. */
const batchedFrames = 32;

/**
 * Cuts the frames of a reply into the pieces that the codec decodes at once. Where it cuts makes no
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

  /** @param frames codes of codec frames that will be heard; @returns a piece that is due */
  add(frames: readonly number[][]): number[][] | null {
    this.#waiting.push(...frames);
    return this.#waiting.length >= this.#wanted && this.#waiting.length > 0 ? this.#take() : null;
  }

  /** The text chunk is complete. @returns what is left of it */
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
