import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";
import type { AttendedPosition } from "./attended-position";
import type { TextChunk } from "./text-chunk";

/** Texts of up to this many tokens get no prior. */
const tinyText = 5;
/** NeMo's default for models without a number of their own. */
const defaultSinkSteps = 10;

/**
 * The prior that follows a step of a first chunk: full weight from the token before the attended one
 * to the end of the lookahead, `epsilon` elsewhere and up to every token that was attended for too
 * long (NeMo's `construct_inference_prior`).
 */
export function firstChunkPrior(
  position: AttendedPosition,
  { length }: TextChunk,
  { priorEpsilon: epsilon, lookahead, attentionSinkThreshold }: MagpieInference,
): Float32Array {
  const prior = new Float32Array(length).fill(length <= tinyText ? 1 : epsilon);
  if (length > tinyText) {
    const attended = position.local;
    prior[Math.max(1, attended - 1)] = 1;
    prior.fill(1, attended, Math.min(attended + lookahead, length - 1) + 1);
  }
  const sinkSteps = attentionSinkThreshold ?? defaultSinkSteps;
  for (const [token, steps] of position.steps) {
    if (steps >= sinkSteps) prior.fill(epsilon, 0, token + 1);
  }
  return prior;
}
