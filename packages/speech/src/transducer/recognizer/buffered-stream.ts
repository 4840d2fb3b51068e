import { speechRate } from "@parley/shared/audio/speech-rate";
import type { BatchScheduler } from "../batching/batch-scheduler";
import type { WindowItem, WindowResult } from "../batching/window-step";
import { BufferedWindowPlanner, type EncoderWindow } from "../chunking/buffered-window-planner";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "../decoding/transducer-state";
import type { LogMel } from "../features/log-mel";
import type { Detokenizer } from "../tokenizer/detokenizer";
import type { DecodingStream } from "./decoding-stream";
import type { BufferedWindow } from "../transducer-settings";
import { Transcript } from "./transcript";

export type BufferedStreamOptions = {
  scheduler: BatchScheduler<WindowItem, WindowResult>;
  logMel: LogMel;
  detokenizer: Detokenizer;
  /** The search's state before any sound. */
  startState: TransducerState;
  window: BufferedWindow;
  isUrgent: boolean;
  /** Aborting withdraws waiting items from the scheduler. */
  signal: AbortSignal;
};

type Progress = { search: TransducerState; transcript: Transcript };

/**
 * Buffered streaming through an encoder without caches: each window contains its left context
 * again, and the search continues where it stopped (NeMo's
 * `speech_to_text_streaming_infer_rnnt.py`).
 */
export class BufferedStream implements DecodingStream {
  readonly #options: BufferedStreamOptions;
  readonly #progress: Progress;
  #planner: BufferedWindowPlanner;
  #booster: TokenBooster | null = null;
  #waitingWindows: readonly EncoderWindow[] = [];

  constructor(options: BufferedStreamOptions) {
    this.#options = options;
    this.#progress = {
      search: options.startState,
      transcript: new Transcript(options.detokenizer),
    };
    this.#planner = new BufferedWindowPlanner(options);
  }

  get transcript(): Transcript {
    return this.#progress.transcript;
  }

  get waitingSamples(): number {
    return this.#waitingWindows.length * this.#options.window.chunk * speechRate;
  }

  async push(samples: Int16Array): Promise<void> {
    this.#waitingWindows = this.#planner.push(samples);
    for (const window of this.#waitingWindows) {
      await this.#advance(this.#progress, window);
      this.#waitingWindows = this.#waitingWindows.slice(1);
    }
  }

  peek(): Promise<Transcript> {
    const { search, transcript } = this.#progress;
    return this.#runOut({ search, transcript: transcript.fork() });
  }

  finish(): Promise<Transcript> {
    return this.#runOut(this.#progress);
  }

  reset(): void {
    this.#waitingWindows = [];
    this.#planner = new BufferedWindowPlanner(this.#options);
    this.#progress.search = this.#options.startState;
    this.#progress.transcript = new Transcript(this.#options.detokenizer);
  }

  setBooster(booster: TokenBooster | null): void {
    this.#booster = booster;
    this.#progress.search = { ...this.#progress.search, boostingNode: 0 };
  }

  close(): void {
    this.#waitingWindows = [];
  }

  async #runOut(progress: Progress): Promise<Transcript> {
    for (const window of this.#planner.runOut()) await this.#advance(progress, window);
    return progress.transcript;
  }

  async #advance(progress: Progress, window: EncoderWindow): Promise<void> {
    const { scheduler, isUrgent, signal } = this.#options;
    const item = { window, search: progress.search, booster: this.#booster, isUrgent };
    const result = await scheduler.submit(item, signal);
    progress.search = result.search;
    progress.transcript.append(result.tokens, result.frames, result.tentative);
  }
}
