import type { TransducerState } from "../decoding/transducer-state";
import {
  restoreTransducerState,
  serializeTransducerState,
} from "../decoding/transducer-state-codec";
import type { AsrModel } from "../model/asr-model";

/** A model's search states, at the start and stored. */
export type SearchStates = {
  /** Before anything was heard. */
  readonly start: TransducerState;
  store(state: TransducerState): Uint8Array;
  /** @throws AppError `model-mismatch` for a state of another model */
  recall(stored: Uint8Array): TransducerState;
};

export function searchStates(
  { decoder: { shape }, durations }: Pick<AsrModel, "decoder" | "durations">,
  start: TransducerState,
): SearchStates {
  return {
    start,
    store: (state) => serializeTransducerState(state, shape),
    recall: (stored) => restoreTransducerState(stored, { shape, durations }),
  };
}
