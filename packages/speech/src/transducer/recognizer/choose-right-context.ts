import { AppError } from "@parley/shared/errors";
import type { StreamingEncoder, StreamingShape } from "../model/asr-model";
import type { TransducerSettings } from "../transducer-settings";

/** What the choice depends on. */
type Trained = Pick<StreamingEncoder, "rightContexts"> & {
  shape: Pick<StreamingShape, "leftContext">;
};

/** 160 ms: the choice for conversation. */
const conversational = 1;

/**
 * The look-ahead to run with, in encoder frames: the one asked for; else the widest for a pass over
 * a whole recording; else 160 ms where the model can, or the model's first.
 *
 * @throws AppError `model-mismatch` when the model was not made for the one asked for
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
  // Otherwise the cache would hold part of a chunk, which training never saw.
  if (shape.leftContext % (chosen + 1) !== 0) {
    throw new AppError(
      "model-mismatch",
      `right context ${chosen}: chunks of ${chosen + 1} frames do not divide the left context of ${shape.leftContext}`,
    );
  }
  return chosen;
}
