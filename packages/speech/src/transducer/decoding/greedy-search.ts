import { AppError } from "@parley/shared/errors";
import { SerialQueue } from "@parley/threads/serial-queue";
import type { TransducerDecoder } from "../model/asr-model";
import { BlockSearch, type SearchSettings } from "./block-search";
import { DecoderStepBuffers } from "./decoder-step-buffers";
import { JointLabelReader, type JointLabels } from "./joint-label-reader";
import type { DecodedBlock, SearchItem } from "./transducer-search";
import type { TransducerState } from "./transducer-state";

export type { DecodedToken } from "./transducer-search";

/**
 * Frames of each stream scored in one run. Enough for the longest streaming chunk (14), so that
 * silence costs one run a chunk; no more, because frames after a token are scored again.
 */
const windowFrames = 16;

/**
 * Greedy search of RNN-T and TDT models over many streams at once by label looping (Bataev et al.,
 * "Label-Looping", 2024; NeMo's `GreedyBatchedRNNTInfer` and `BatchedGreedyTDTInfer`): each round
 * runs the decoder once to find the next token of every unfinished stream, each at its own frame. A
 * frame emits tokens until the blank wins, a TDT duration jumps on, or there are ten. Only tokens
 * advance the prediction network and the boosting node.
 */
export class GreedyTransducerSearch {
  readonly #decoder: TransducerDecoder;
  readonly #settings: SearchSettings;
  readonly #buffers: DecoderStepBuffers;
  readonly #queue = new SerialQueue();

  /**
   * @param options.blank id of the blank, which is also the start symbol
   * @param options.durations frames that each duration output of a TDT model stands for
   * @throws AppError `model-mismatch` unless the decoder has one output for each of these
   */
  constructor({ decoder, ...labels }: JointLabels & { decoder: TransducerDecoder }) {
    const { blank, durations } = labels;
    const { outputs } = decoder.shape;
    if (outputs !== blank + 1 + (durations?.length ?? 0)) {
      throw new AppError(
        "model-mismatch",
        `a joint with ${outputs} outputs for ${blank} tokens, the blank and ` +
          `${durations?.length ?? 0} durations`,
      );
    }
    this.#decoder = decoder;
    this.#settings = { ...labels, shape: decoder.shape, reader: new JointLabelReader(labels) };
    this.#buffers = new DecoderStepBuffers(decoder.shape);
  }

  /** @returns the state of a stream before any sound */
  start(): TransducerState {
    const { predictorLayers, predictorWidth } = this.#settings.shape;
    return {
      lastToken: this.#settings.blank,
      hidden: new Float32Array(predictorLayers * predictorWidth),
      cell: new Float32Array(predictorLayers * predictorWidth),
      skip: 0,
      boostingNode: 0,
    };
  }

  /**
   * Decodes one block of each stream; blocks may differ in length. Calls are queued. The given
   * states are not changed, so after a failure each stream may be tried again by itself.
   *
   * Rejects with `internal` when the joint's scores are NaN or infinite for any of the streams:
   * silence instead would hide a broken model or a broken state.
   *
   * @returns in the order of the items
   */
  decode(items: readonly SearchItem[]): Promise<DecodedBlock[]> {
    return this.#queue.run(async () => {
      const searches = items.map((item) => new BlockSearch(item, this.#settings));
      let active = this.#unfinished(searches);
      while (active.length > 0) {
        await this.#round(active);
        active = this.#unfinished(searches);
      }
      return searches.map((search) => search.result());
    });
  }

  /** Unfinished streams, as many as fit into a run; later ones move up as others finish. */
  #unfinished(searches: readonly BlockSearch[]): BlockSearch[] {
    return searches.filter(({ remaining }) => remaining > 0).slice(0, this.#decoder.maxBatch);
  }

  async #round(active: readonly BlockSearch[]): Promise<void> {
    const longest = active.reduce((most, { remaining }) => Math.max(most, remaining), 0);
    const step = this.#buffers.gather(active, Math.min(windowFrames, longest));
    const scored = await this.#decoder.run(step);
    const window = { batch: step.batch, frames: step.frames, ...scored };
    for (const [row, search] of active.entries()) search.read(window, row);
  }
}
