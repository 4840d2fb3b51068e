import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";

/** Codes of the stacked frames of one step: frame by frame, codebook by codebook. */
export type StackedCodes = readonly number[];

type FrameTest = (isEnd: (codebook: number) => boolean, codebooks: number) => boolean;

/**
 * Finds the first frame of a step with an end of speech, by the sampled codes or by the likeliest
 * ones of the parallel heads (NeMo's `detect_eos`); null without one.
 *
 * @param sampled [stacking × codebooks]
 * @param isLikeliestEnd whether the end token is the likeliest of a head; heads as `sampled`
 */
export function detectEnd(
  sampled: StackedCodes,
  isLikeliestEnd: (head: number) => boolean,
  {
    codebooks,
    endId,
    method,
  }: { codebooks: number; endId: number; method: MagpieInference["eosDetection"] },
): number | null {
  const test = frameTest(method);
  const usesSampled = method.startsWith("argmax_or_multinomial");
  for (let frame = 0; frame * codebooks < sampled.length; frame++) {
    const first = frame * codebooks;
    if (usesSampled && test((book) => sampled[first + book] === endId, codebooks)) return frame;
    if (test((book) => isLikeliestEnd(first + book), codebooks)) return frame;
  }
  return null;
}

function frameTest(method: MagpieInference["eosDetection"]): FrameTest {
  if (method.endsWith("zero_cb")) return (isEnd) => isEnd(0);
  const books = (codebooks: number) => Array.from({ length: codebooks }, (_, book) => book);
  return method.endsWith("all")
    ? (isEnd, codebooks) => books(codebooks).every(isEnd)
    : (isEnd, codebooks) => books(codebooks).some(isEnd);
}

/**
 * Whether the end token beats every code in one head, after classifier-free guidance. Other special
 * tokens cannot be chosen and are ignored; among equals the code wins, as in an argmax.
 *
 * @param conditional the head's logits: codes, then special tokens
 * @param scale of the guidance: scale · conditional + (1 − scale) · unconditional
 */
export function isEndLikeliest(
  conditional: Float32Array,
  unconditional: Float32Array,
  { codes, endId, scale }: { codes: number; endId: number; scale: number },
): boolean {
  const guided = (token: number) =>
    scale * (conditional[token] ?? 0) + (1 - scale) * (unconditional[token] ?? 0);
  const end = guided(endId);
  for (let code = 0; code < codes; code++) if (guided(code) >= end) return false;
  return true;
}
