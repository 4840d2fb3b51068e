import { FeatureExtractor } from "../features/feature-extractor";
import { hopSamples } from "../frame-rates";
import type { LogMel } from "../features/log-mel";
import { toMelMajor } from "../features/to-mel-major";
import { normalizePerFeature } from "../features/normalize-per-feature";
import type { BufferedWindow } from "../transducer-settings";
import { SlidingHistory, type HistoryRows } from "./sliding-history";
import { innerFrames, windowLogMels } from "./window-features";
import {
  windowFrames,
  WindowSchedule,
  type WindowFrames,
  type WindowPlace,
} from "./window-schedule";

/** Input of one offline encoder run, and the division of its output frames. */
export type EncoderWindow = WindowFrames & {
  /** [mels, frames], normalised over this window alone where the model's settings ask for it. */
  signal: Float32Array;
  frames: number;
  /** Frames that hold sound: all of them, since nothing is padded. */
  validFrames: number;
};

export type BufferedWindowPlannerOptions = { logMel: LogMel; window: BufferedWindow };

const sampleRows: HistoryRows<Int16Array> = {
  allocate: (length) => new Int16Array(length),
  width: 1,
};

/**
 * Cuts a stream into overlapping windows as NeMo's `speech_to_text_streaming_infer_rnnt.py` does
 * for a model that is not cache-aware. Log-mels are computed once over the stream; only those at a
 * window's edges are computed per window. Holds no more than one window of sound.
 */
export class BufferedWindowPlanner {
  readonly #logMel: LogMel;
  readonly #schedule: WindowSchedule;
  readonly #extractor: FeatureExtractor;
  readonly #samples: SlidingHistory<Int16Array>;
  /** [frames, mels]. */
  readonly #logMels: SlidingHistory<Float32Array>;
  /** Windows returned so far. */
  #windows = 0;

  constructor({ logMel, window }: BufferedWindowPlannerOptions) {
    this.#logMel = logMel;
    this.#schedule = new WindowSchedule(window);
    this.#extractor = new FeatureExtractor(logMel);
    this.#samples = new SlidingHistory(sampleRows);
    this.#logMels = new SlidingHistory(frameRows(logMel));
  }

  /**
   * @param samples 16-bit, mono, 16 kHz
   * @returns the windows that became complete. A window that the sound fills exactly waits for one
   *   more sample: if none comes, it is the last, whose right context NeMo decodes for good too.
   */
  push(samples: Int16Array): EncoderWindow[] {
    const windows: EncoderWindow[] = [];
    for (let at = 0; at < samples.length;) {
      const next = this.#schedule.place(this.#windows);
      // At most one sample past the window, so that the histories stay within bounds.
      const piece = samples.subarray(at, at + next.end + 1 - this.#samples.end);
      this.#take(piece);
      at += piece.length;
      if (this.#samples.end <= next.end) break;
      windows.push(this.#cut(next));
      this.#windows++;
    }
    return windows;
  }

  /**
   * Last window if the sound ended here; none when there is not one encoder frame to decode. The
   * planner itself is not changed.
   */
  runOut(): EncoderWindow[] {
    const last = this.#schedule.lastPlace(this.#windows, this.#samples.end);
    return windowFrames(last).commitFrames > 0 ? [this.#cut(last)] : [];
  }

  #take(samples: Int16Array): void {
    this.#samples.append(samples);
    this.#logMels.append(this.#extractor.push(samples));
    // The last window, should the sound end here, reaches back furthest.
    const neededFrom = this.#samples.end - this.#schedule.longest - 1;
    this.#samples.forgetBefore(neededFrom);
    this.#logMels.forgetBefore(Math.floor(neededFrom / hopSamples));
  }

  #cut(place: WindowPlace): EncoderWindow {
    const { mels, normalization } = this.#logMel;
    const samples = this.#samples.slice(place.start, place.end);
    const inner = innerFrames(place.start, samples.length);
    const firstFrame = place.start / hopSamples;
    const known = inner && this.#logMels.slice(firstFrame + inner.from, firstFrame + inner.to);
    const signal = toMelMajor(windowLogMels(this.#logMel, samples, known), mels);
    const frames = signal.length / mels;
    if (normalization === "per-feature") normalizePerFeature(signal, mels, frames);
    return { signal, frames, validFrames: frames, ...windowFrames(place) };
  }
}

function frameRows({ mels }: LogMel): HistoryRows<Float32Array> {
  return { allocate: (length) => new Float32Array(length), width: mels };
}
