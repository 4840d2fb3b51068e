import type { Clock } from "@parley/shared/async/clock";
import type { BatchSizes } from "../../contracts/batch-sizes";
import type { GraphPlacement } from "../../contracts/graph-placement";
import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { RecognizerEngine } from "../../contracts/recognizer-engine";
import type { ExecutionProvider } from "../../runtime/execution-providers";
import { OpenStreams } from "../../recognition/open-streams";
import { buildPhraseBooster } from "../decoding/phrase-booster";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { AsrModel } from "../model/asr-model";
import { loadAsrModel } from "../model/load-asr-model";
import { createDecodingStreamFactory, type DecodingStreamFactory } from "./decoding-stream-factory";
import { measureCapacity } from "./measure-capacity";
import { TransducerStream } from "./transducer-stream";
import type { TransducerSettings } from "../transducer-settings";

/** Boosting weight of phrases: NVIDIA advises 2 to 3 for transducers. */
const phraseWeight = 2;

/**
 * Mean confidence of words by their least certain token (entropy, see `labelConfidence`) below which
 * texts are mostly wrong: the built-in model gives 0.10 at the 10th percentile of voices that it
 * knows, and 0.06 at the 90th of people, whom it does not.
 */
const doubtfulBelow = 0.08;

/** A FastConformer transducer, cache-aware or not, run on the calling thread. */
export class TransducerRecognizer implements RecognizerEngine {
  readonly name: string;
  readonly doubtfulBelow = doubtfulBelow;
  readonly #model: AsrModel;
  readonly #factory: DecodingStreamFactory;
  readonly #streams = new OpenStreams<TransducerStream>();

  /** Rejects with `model-mismatch` when the model cannot run with these settings. */
  static async load(settings: TransducerSettings, clock: Clock): Promise<TransducerRecognizer> {
    const model = await loadAsrModel(settings.model, settings);
    try {
      const recognizer = new TransducerRecognizer(model, settings);
      await recognizer.#warmUp(clock, settings.capacity);
      return recognizer;
    } catch (error) {
      await model.close();
      throw error;
    }
  }

  private constructor(model: AsrModel, settings: TransducerSettings) {
    this.#model = model;
    this.name = model.name;
    this.#factory = createDecodingStreamFactory({ model, settings });
  }

  /** Notes on the model for an operator, such as an execution provider that cannot be used. */
  get remarks(): readonly string[] {
    return this.#model.remarks;
  }

  get capacity(): number {
    return this.#streams.capacity;
  }

  get runsOn(): ExecutionProvider {
    return this.#model.runsOn;
  }

  get placements(): readonly GraphPlacement[] {
    return this.#model.placements;
  }

  async open({
    phrases = [],
    language,
    isOffline = false,
  }: RecognizerStreamOptions = {}): Promise<TransducerStream> {
    this.#streams.requireRoom({ isOffline });
    const controller = new AbortController();
    const decoding = this.#factory.open({
      isUrgent: !isOffline,
      language,
      signal: controller.signal,
    });
    const stream = new TransducerStream({
      decoding,
      toBooster: (names) => this.#toBooster(names),
      abort: (reason) => {
        controller.abort(reason);
      },
      onClose: () => {
        this.#streams.remove(stream);
      },
    });
    this.#streams.add(stream, { isOffline });
    if (phrases.length > 0) await stream.setPhrases(phrases);
    return stream;
  }

  batchSizes(): BatchSizes {
    return this.#factory.batchSizes;
  }

  close(): Promise<void> {
    return this.#streams.close(async () => {
      await this.#factory.close();
      await this.#model.close();
    });
  }

  #toBooster(phrases: readonly string[]): TokenBooster | null {
    if (phrases.length === 0) return null;
    const { vocabulary } = this.#model;
    return buildPhraseBooster({ vocabulary, phrases, weight: phraseWeight });
  }

  /** Runs the model once before it is needed: first runs allocate and compile. */
  async #warmUp(clock: Clock, wanted: number | undefined): Promise<void> {
    const { stepMs, maxBatch } = this.#factory;
    const measured = await measureCapacity({
      clock,
      stepMs,
      batch: Math.min(8, maxBatch),
      open: () => this.open(),
    });
    this.#streams.limitTo(wanted ?? measured);
  }
}
