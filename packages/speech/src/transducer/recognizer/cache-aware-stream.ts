import type { BatchScheduler } from "../batching/batch-scheduler";
import type { ChunkItem, ChunkResult } from "../batching/chunk-step";
import type { EncoderCaches, StreamCaches } from "../batching/encoder-caches";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "../decoding/transducer-state";
import { FeatureExtractor } from "../features/feature-extractor";
import type { LogMel } from "../features/log-mel";
import {
  ChunkPlanner,
  type ChunkPlannerOptions,
  type MelChunk,
  type RunOutMode,
} from "../chunking/chunk-planner";
import { encoderFrameSamples } from "../frame-rates";
import type { Detokenizer } from "../tokenizer/detokenizer";
import type { DecodingStream } from "./decoding-stream";
import { Transcript } from "./transcript";

export type CacheAwareStreamOptions = {
  scheduler: BatchScheduler<ChunkItem, ChunkResult>;
  caches: EncoderCaches;
  logMel: LogMel;
  detokenizer: Detokenizer;
  /** The search's state before any sound. */
  startState: TransducerState;
  rightContext: number;
  hasExactFirstChunk: boolean;
  runOutMode: RunOutMode;
  resetsAtEndOfUtterance: boolean;
  language: number;
  isUrgent: boolean;
  /** Aborting withdraws waiting items from the scheduler. */
  signal: AbortSignal;
};

/** State that a chunk advances. */
type Progress = { caches: StreamCaches; search: TransducerState; transcript: Transcript };

/** Cache-aware streaming, chunk by chunk: nothing is computed twice. */
export class CacheAwareStream implements DecodingStream {
  readonly #options: CacheAwareStreamOptions;
  readonly #progress: Progress;
  #features: FeatureExtractor;
  #planner: ChunkPlanner;
  #booster: TokenBooster | null = null;
  #waitingChunks: readonly MelChunk[] = [];
  #isClosed = false;

  /** @throws AppError `at-capacity` when no cache is free */
  constructor(options: CacheAwareStreamOptions) {
    this.#options = options;
    this.#progress = {
      caches: options.caches.acquire(),
      search: options.startState,
      transcript: new Transcript(options.detokenizer),
    };
    this.#features = new FeatureExtractor(options.logMel);
    this.#planner = new ChunkPlanner(this.#plannerOptions());
  }

  get transcript(): Transcript {
    return this.#progress.transcript;
  }

  get waitingSamples(): number {
    const chunkSamples = (this.#options.rightContext + 1) * encoderFrameSamples;
    return this.#waitingChunks.length * chunkSamples;
  }

  async push(samples: Int16Array): Promise<void> {
    this.#waitingChunks = this.#planner.push(this.#features.push(samples));
    for (const chunk of this.#waitingChunks) {
      await this.#advance(this.#progress, chunk);
      this.#waitingChunks = this.#waitingChunks.slice(1);
    }
  }

  async peek(): Promise<Transcript> {
    const caches = this.#options.caches.fork(this.#progress.caches);
    const { search, transcript } = this.#progress;
    try {
      return await this.#runOut({ caches, search, transcript: transcript.fork() });
    } finally {
      this.#options.caches.release(caches);
    }
  }

  finish(): Promise<Transcript> {
    return this.#runOut(this.#progress);
  }

  reset(): void {
    this.#waitingChunks = [];
    this.#features = new FeatureExtractor(this.#options.logMel);
    this.#planner = new ChunkPlanner(this.#plannerOptions());
    this.#progress.search = this.#options.startState;
    this.#progress.transcript = new Transcript(this.#options.detokenizer);
    this.#progress.caches.clear();
  }

  setBooster(booster: TokenBooster | null): void {
    this.#booster = booster;
    this.#progress.search = { ...this.#progress.search, boostingNode: 0 };
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.caches.release(this.#progress.caches);
  }

  async #runOut(progress: Progress): Promise<Transcript> {
    const rest = this.#features.remaining();
    for (const chunk of this.#planner.runOut(rest, this.#options.runOutMode)) {
      await this.#advance(progress, chunk);
    }
    return progress.transcript;
  }

  async #advance(progress: Progress, chunk: MelChunk): Promise<void> {
    const { scheduler, language, isUrgent, signal, resetsAtEndOfUtterance } = this.#options;
    const { caches, search } = progress;
    const item = { chunk, caches, search, booster: this.#booster, language, isUrgent };
    const result = await scheduler.submit(item, signal);
    progress.search = result.search;
    const hasEnded = progress.transcript.append(result.tokens, result.frames);
    if (hasEnded && resetsAtEndOfUtterance) {
      // Waiting sound is kept: the next speaker may already be talking in it.
      progress.search = this.#options.startState;
      caches.clear();
    }
  }

  #plannerOptions(): ChunkPlannerOptions {
    const { logMel, rightContext, hasExactFirstChunk } = this.#options;
    return { mels: logMel.mels, rightContext, hasExactFirstChunk };
  }
}
