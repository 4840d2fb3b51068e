import { AppError } from "@parley/shared/errors";
import type { StreamingEncoder, StreamingShape } from "../model/asr-model";
import type { TransducerSettings } from "../transducer-settings";

/** Properties of the encoder that the choice depends on. */
type Trained = Pick<StreamingEncoder, "rightContexts"> & {
  shape: Pick<StreamingShape, "leftContext">;
};

/** Right context for conversation, in encoder frames: chunks of 160 ms. */
const conversational = 1;

/**
 * Right context to run with, in encoder frames: the configured one; else the widest for a pass over
 * a whole recording; else chunks of 160 ms where the model supports them, or the model's first.
 *
 * @throws AppError `model-mismatch` when the model does not support the configured one
 */
export function chooseRightContext(
  { rightContexts, shape }: Trained,
  { rightContext, isOffline }: Pick<TransducerSettings, "rightContext" | "isOffline">,
): number {
  const [first] = rightContexts;
  const widest = rightContexts.at(-1);
  if (first === undefined || widest === undefined) {
    throw new AppError("model-mismatch", "the model names no right context");
  }
  const own = isOffline ? widest : rightContexts.includes(conversational) ? conversational : first;
  const chosen = rightContext ?? own;
  if (!rightContexts.includes(chosen)) {
    throw new AppError(
      "model-mismatch",
      `right context ${chosen}: this model runs with ${rightContexts.join(", ")}`,
    );
  }
  // Otherwise the cache would hold part of a chunk, which does not happen in training.
  if (shape.leftContext % (chosen + 1) !== 0) {
    throw new AppError(
      "model-mismatch",
      `right context ${chosen}: chunks of ${chosen + 1} frames do not divide the left context of ${shape.leftContext}`,
    );
  }
  return chosen;
}
