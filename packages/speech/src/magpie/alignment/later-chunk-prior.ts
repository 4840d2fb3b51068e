import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";
import type { AttendedPosition } from "./attended-position";
import type { TextChunk } from "./text-chunk";

/**
 * The prior before the first step of a later chunk: past the history, onto the chunk's own tokens
 * (NeMo's `_initialize_chunked_attn_prior`).
 */
export function openingPrior(
  { length, history }: TextChunk,
  { priorEpsilon: epsilon, priorWeightsInit }: MagpieInference,
): Float32Array {
  const prior = new Float32Array(length).fill(epsilon);
  prior.fill(epsilon ** 2, 0, history);
  setWithin(prior, history, priorWeightsInit);
  return prior;
}

/**
 * The prior that follows a step of a later chunk: falling off after the attended token, nearly zero
 * elsewhere and up to every token that was attended for too long, except the window's first
 * (NeMo's `construct_multi_chunk_prior`).
 */
export function laterChunkPrior(
  position: AttendedPosition,
  { length, offset }: TextChunk,
  { priorEpsilon, priorWeights, shortSentenceThreshold, chunkSinkThreshold }: MagpieInference,
): Float32Array {
  const tiny = priorEpsilon ** 2;
  const isShort = length <= shortSentenceThreshold;
  const prior = new Float32Array(length).fill(isShort ? 1 : tiny);
  if (!isShort) {
    const [before = tiny, ...onward] = priorWeights;
    const attended = position.local;
    prior[Math.max(1, attended - 1)] = before;
    setWithin(prior, attended, onward);
  }
  for (const [token, steps] of position.steps) {
    if (token > offset && steps >= chunkSinkThreshold) prior.fill(tiny, 0, token - offset + 1);
  }
  return prior;
}

function setWithin(prior: Float32Array, start: number, weights: readonly number[]): void {
  weights.forEach((weight, distance) => {
    if (start + distance < prior.length) prior[start + distance] = weight;
  });
}
