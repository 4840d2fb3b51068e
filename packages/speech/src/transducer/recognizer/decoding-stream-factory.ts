import type { BatchSizes } from "../../contracts/batch-sizes";
import { BatchScheduler } from "../batching/batch-scheduler";
import { ChunkStep, type ChunkItem, type ChunkResult } from "../batching/chunk-step";
import { DeviceCaches } from "../batching/device-caches";
import type { EncoderCaches } from "../batching/encoder-caches";
import { HostCaches } from "../batching/host-caches";
import { WindowStep, type WindowItem, type WindowResult } from "../batching/window-step";
import { GreedyTransducerSearch } from "../decoding/greedy-search";
import { LogMel } from "../features/log-mel";
import { encoderFrameMs } from "../frame-rates";
import type { AsrModel, OfflineEncoder, StreamingEncoder } from "../model/asr-model";
import { Detokenizer } from "../tokenizer/detokenizer";
import type { TransducerSettings } from "../transducer-settings";
import { BufferedStream } from "./buffered-stream";
import { CacheAwareStream } from "./cache-aware-stream";
import { chooseLanguage } from "./choose-language";
import { chooseRightContext } from "./choose-right-context";
import type { DecodingStream } from "./decoding-stream";
import { OnePassStream } from "./one-pass-stream";

export type DecodingStreamOptions = {
  /** True for a live speaker, whose chunks run before those of files. */
  isUrgent: boolean;
  /** For prompted models, such as "en-US"; undefined for the model's own guess. */
  language: string | undefined;
  /** Aborting withdraws the stream's waiting chunks. */
  signal: AbortSignal;
};

/** Makes the decoding streams of one model, which share its runs. */
export type DecodingStreamFactory = {
  /** Sound in one step, in milliseconds. */
  readonly stepMs: number;
  /** Most streams that share a run. */
  readonly maxBatch: number;
  /** Runs so far, by the number of streams that shared one. */
  readonly batchSizes: BatchSizes;
  /** @throws AppError `at-capacity`, `invalid-request` */
  open(options: DecodingStreamOptions): DecodingStream;
  /** Rejects waiting chunks and resolves once nothing runs. Idempotent. */
  close(): Promise<void>;
};

export type DecodingStreamFactoryOptions = {
  model: AsrModel;
  settings: TransducerSettings;
};

/** Default batch limit: a larger run would noticeably delay the other streams. */
const defaultMaxBatch = 32;
/** Memory limit: a slot has 18 MB with a 0.6 B model. */
const maxSlots = 1_024;

/**
 * Factory for the kind of encoder that the model has, cache-aware or offline.
 *
 * @throws AppError `model-mismatch` when the model does not support the configured right context
 */
export function createDecodingStreamFactory(
  options: DecodingStreamFactoryOptions,
): DecodingStreamFactory {
  const { encoder } = options.model;
  if (encoder.type === "streaming") return cacheAwareFactory(options, encoder);
  return windowFactory(options, encoder);
}

function cacheAwareFactory(
  options: DecodingStreamFactoryOptions,
  encoder: StreamingEncoder,
): DecodingStreamFactory {
  const { model, settings } = options;
  const rightContext = chooseRightContext(encoder, settings);
  const { search, shared } = commonParts(model);
  const caches = cachesOf(encoder);
  const hasLanguages = model.languages !== null;
  const step = new ChunkStep({ encoder, caches, search, hasLanguages });
  const maxBatch = Math.min(settings.maxBatch ?? defaultMaxBatch, encoder.maxBatch);
  const scheduler = schedulerOf<ChunkItem, ChunkResult>(step, maxBatch);
  return {
    stepMs: (rightContext + 1) * encoderFrameMs,
    maxBatch,
    batchSizes: scheduler.sizes,
    open: ({ isUrgent, language, signal }) =>
      new CacheAwareStream({
        ...shared,
        scheduler,
        caches,
        rightContext,
        hasExactFirstChunk: encoder.hasExactFirstChunk,
        runOutMode: settings.isOffline ? "everything" : settings.finish,
        resetsAtEndOfUtterance: settings.resetsAtEndOfUtterance,
        language: chooseLanguage(model.languages, language),
        isUrgent,
        signal,
      }),
    close: async () => {
      await scheduler.close();
      caches.close();
    },
  };
}

function cachesOf(encoder: StreamingEncoder): EncoderCaches {
  const { device, shape } = encoder;
  if (device === null) return new HostCaches(encoder, maxSlots);
  return new DeviceCaches({
    encoder: device,
    shape,
    maxStreams: maxSlots,
    maxBytes: device.freeBytes,
  });
}

function windowFactory(
  options: DecodingStreamFactoryOptions,
  encoder: OfflineEncoder,
): DecodingStreamFactory {
  const { model, settings } = options;
  const { search, shared } = commonParts(model);
  const step = new WindowStep(encoder, search);
  const { window, isOffline } = settings;
  const maxBatch = Math.min(settings.maxBatch ?? defaultMaxBatch, encoder.maxBatch);
  const scheduler = schedulerOf<WindowItem, WindowResult>(step, maxBatch);
  return {
    stepMs: window.chunk * 1_000,
    maxBatch,
    batchSizes: scheduler.sizes,
    open: ({ isUrgent, signal }) => {
      const common = { ...shared, scheduler, signal };
      if (isOffline) return new OnePassStream(common);
      return new BufferedStream({ ...common, window, isUrgent });
    },
    close: () => scheduler.close(),
  };
}

/** Scheduler that batches the items of one kind of step. */
function schedulerOf<Item extends { isUrgent: boolean }, Result>(
  step: { keyOf(item: Item): string; run(items: readonly Item[]): Promise<readonly Result[]> },
  maxBatch: number,
): BatchScheduler<Item, Result> {
  return new BatchScheduler({
    keyOf: (item) => step.keyOf(item),
    isUrgent: (item) => item.isUrgent,
    maxBatch,
    run: (items) => step.run(items),
  });
}

function commonParts(model: AsrModel) {
  const { decoder, features, vocabulary, durations } = model;
  const search = new GreedyTransducerSearch({ decoder, blank: vocabulary.blank, durations });
  return {
    search,
    shared: {
      startState: search.start(),
      logMel: new LogMel(features),
      detokenizer: new Detokenizer(vocabulary),
    },
  };
}
