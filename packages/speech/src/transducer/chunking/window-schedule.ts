import {
  encoderFrameSamples,
  hopSamples,
  melFramesPerEncoderFrame,
  speechRate,
} from "../frame-rates";
import type { BufferedWindow } from "../transducer-settings";

/** Mel frames in a second. */
const melFramesPerSecond = speechRate / hopSamples;

/** A window's place in the sound, in samples since its beginning; each ends before its end. */
export type WindowPlace = {
  start: number;
  /** What is decoded for good; before it the left context, behind it the right one. */
  chunkStart: number;
  chunkEnd: number;
  end: number;
};

/** How a window's encoder frames are to be taken. */
export type WindowFrames = {
  /** Of the left context, decoded before. */
  dropFrames: number;
  /** To be decoded for good. */
  commitFrames: number;
  /** Of the right context: may be decoded from a copy of the state, for an early partial. */
  tentativeFrames: number;
};

/**
 * Which windows NeMo's `speech_to_text_streaming_infer_rnnt.py` cuts (`StreamingBatchedAudioBuffer`):
 * each takes one chunk on, keeps what is before it up to a full window, and is never padded; the
 * last takes all that is left as its chunk.
 */
export class WindowSchedule {
  /** Samples of a full window. */
  readonly longest: number;
  readonly #chunk: number;
  readonly #right: number;

  /**
   * @param window seconds, cut down to whole encoder frames
   * @throws TypeError for a chunk of less than an encoder frame
   */
  constructor(window: BufferedWindow) {
    this.#chunk = wholeFrameSamples(window.chunk);
    this.#right = wholeFrameSamples(window.right);
    this.longest = wholeFrameSamples(window.left) + this.#chunk + this.#right;
    if (this.#chunk < encoderFrameSamples || window.left < 0 || window.right < 0) {
      throw new TypeError(
        `window of ${window.left} + ${window.chunk} + ${window.right} s: a chunk has 0.08 s or more`,
      );
    }
  }

  /** @param index of a window that is not the last: the sound must go on behind its end */
  place(index: number): WindowPlace {
    const chunkStart = index * this.#chunk;
    const chunkEnd = chunkStart + this.#chunk;
    const end = chunkEnd + this.#right;
    return { start: this.#startFor(end), chunkStart, chunkEnd, end };
  }

  /** @param index windows before it @param samples of the whole sound */
  lastPlace(index: number, samples: number): WindowPlace {
    return {
      start: this.#startFor(samples),
      chunkStart: index * this.#chunk,
      chunkEnd: samples,
      end: samples,
    };
  }

  #startFor(end: number): number {
    return Math.max(0, end - this.longest);
  }
}

/** What is less than a frame is passed over in each part, as NeMo does. */
export function windowFrames({ start, chunkStart, chunkEnd, end }: WindowPlace): WindowFrames {
  return {
    dropFrames: Math.floor((chunkStart - start) / encoderFrameSamples),
    commitFrames: Math.floor((chunkEnd - chunkStart) / encoderFrameSamples),
    tentativeFrames: Math.floor((end - chunkEnd) / encoderFrameSamples),
  };
}

function wholeFrameSamples(seconds: number): number {
  return (
    Math.trunc((seconds * melFramesPerSecond) / melFramesPerEncoderFrame) * encoderFrameSamples
  );
}
