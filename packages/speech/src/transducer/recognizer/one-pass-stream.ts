import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type { BatchScheduler } from "../batching/batch-scheduler";
import type { WindowItem, WindowResult } from "../batching/window-step";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "../decoding/transducer-state";
import { OfflineFeatures } from "../features/offline-features";
import type { LogMel } from "../features/log-mel";
import type { Detokenizer } from "../tokenizer/detokenizer";
import type { DecodingStream } from "./decoding-stream";
import { Transcript } from "./transcript";

export type OnePassStreamOptions = {
  scheduler: BatchScheduler<WindowItem, WindowResult>;
  logMel: LogMel;
  detokenizer: Detokenizer;
  /** The search's state before any sound. */
  startState: TransducerState;
  /** Aborting withdraws waiting items from the scheduler. */
  signal: AbortSignal;
};

/** NeMo's `pos_emb_max_len` of 5000 encoder frames; the cost of attention grows quadratically. */
const maxSeconds = 400;

/** Decodes the whole sound in one pass of an offline encoder, with no result before the end. */
export class OnePassStream implements DecodingStream {
  readonly #options: OnePassStreamOptions;
  #features: OfflineFeatures;
  #transcript: Transcript;
  #samples = 0;
  #booster: TokenBooster | null = null;

  constructor(options: OnePassStreamOptions) {
    this.#options = options;
    this.#features = new OfflineFeatures(options.logMel);
    this.#transcript = new Transcript(options.detokenizer);
  }

  get transcript(): Transcript {
    return this.#transcript;
  }

  /** No chunk is complete before the end. */
  readonly waitingSamples = 0;

  /** Rejects with `audio-unsupported` when the sound has become too long for one pass. */
  async push(samples: Int16Array): Promise<void> {
    this.#samples += samples.length;
    if (this.#samples > maxSeconds * speechRate) {
      throw new AppError(
        "audio-unsupported",
        `more than ${maxSeconds} s cannot be recognised in one pass; recognise it in windows`,
      );
    }
    await Promise.resolve();
    this.#features.push(samples);
  }

  peek(): Promise<Transcript> {
    return this.finish();
  }

  async finish(): Promise<Transcript> {
    const { signal, frames, validFrames } = this.#features.finish();
    const transcript = new Transcript(this.#options.detokenizer);
    if (validFrames === 0) return transcript;
    const window = {
      signal,
      frames,
      validFrames,
      dropFrames: 0,
      commitFrames: Infinity,
      tentativeFrames: 0,
    };
    const { startState, scheduler } = this.#options;
    const item = { window, search: startState, booster: this.#booster, isUrgent: false };
    const result = await scheduler.submit(item, this.#options.signal);
    transcript.append(result.tokens, result.frames);
    this.#transcript = transcript;
    return transcript;
  }

  reset(): void {
    this.#samples = 0;
    this.#features = new OfflineFeatures(this.#options.logMel);
    this.#transcript = new Transcript(this.#options.detokenizer);
  }

  setBooster(booster: TokenBooster | null): void {
    this.#booster = booster;
  }

  close(): void {
    this.#features = new OfflineFeatures(this.#options.logMel);
  }
}
