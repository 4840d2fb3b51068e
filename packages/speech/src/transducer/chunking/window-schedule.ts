import { speechRate } from "@parley/shared/audio/speech-rate";
import { encoderFrameSamples, hopSamples, melFramesPerEncoderFrame } from "../frame-rates";
import type { BufferedWindow } from "../transducer-settings";

/** Mel frames in a second. */
const melFramesPerSecond = speechRate / hopSamples;

/** Bounds of a window in samples since the start of the sound; ends are exclusive. */
export type WindowPlace = {
  start: number;
  /** The chunk is decoded for good; before it lies the left context, after it the right one. */
  chunkStart: number;
  chunkEnd: number;
  end: number;
};

/** Division of a window's encoder frames. */
export type WindowFrames = {
  /** Frames of the left context, decoded with earlier windows. */
  dropFrames: number;
  /** Frames to be decoded for good. */
  commitFrames: number;
  /** Frames of the right context: decoded from a copy of the state, for an early partial. */
  tentativeFrames: number;
};

/**
 * Windows of NeMo's `speech_to_text_streaming_infer_rnnt.py` (`StreamingBatchedAudioBuffer`): each
 * adds one chunk, keeps the sound before it up to a full window, and is never padded; the last one
 * has the rest of the sound as its chunk.
 */
export class WindowSchedule {
  /** Samples of a full window. */
  readonly longest: number;
  readonly #chunk: number;
  readonly #right: number;

  /**
   * @param window seconds, rounded down to whole encoder frames
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

  /** @param index of a window that is not the last: the sound must continue past its end */
  place(index: number): WindowPlace {
    const chunkStart = index * this.#chunk;
    const chunkEnd = chunkStart + this.#chunk;
    const end = chunkEnd + this.#right;
    return { start: this.#startFor(end), chunkStart, chunkEnd, end };
  }

  /** @param index number of windows before it @param samples of the whole sound */
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

/** Encoder frames of a window; a fraction of a frame in each part is dropped, as in NeMo. */
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
