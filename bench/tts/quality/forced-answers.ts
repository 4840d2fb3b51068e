import type { Floats } from "@parley/nemo-onnx/onnx/testing/graph-session";
import type { MagpieRun } from "@parley/nemo-onnx/convert/testing/magpie-run";
import { codesOfStep, decodeAll } from "@parley/nemo-onnx/convert/testing/teacher-forcing";

/** A text with the codes that a model is made to speak for it. */
export type ForcedCase = {
  ids: readonly number[];
  voice: number;
  /** [codebooks, frames]. */
  codes: Floats;
  /** Decoder steps, at most as many as `codes` has. */
  steps: number;
};

/** What the model would have said at one step, had it not been made to say something else. */
export type StepAnswer = {
  /** [2 × width]: with text and without. */
  hidden: Float32Array;
  /** [slots × codes]: of the local transformer after guidance, without special tokens. */
  logits: Float32Array;
};

/** Decodes a case: every step, and every token within it, follows the given ones. */
export async function forcedAnswers(run: MagpieRun, given: ForcedCase): Promise<StepAnswer[]> {
  const { ids, voice, codes, steps } = given;
  const priors = Array.from({ length: steps }, () => null);
  const decoded = await decodeAll(run, { ids, voice, codes, priors, isCached: true });
  const answers: StepAnswer[] = [];
  for (const [step, { hidden }] of decoded.entries()) {
    const forced = codesOfStep(run, codes, step);
    const options = { gumbel: null, temperature: 1, isEndForbidden: true, forced };
    const { logits } = await run.sample([hidden], options);
    answers.push({ hidden: hidden.data, logits: guided(run, logits) });
  }
  return answers;
}

/** @param logits [2, slots, tokens] */
function guided({ manifest, slots }: MagpieRun, { data }: Floats): Float32Array {
  const { codes, inference } = manifest;
  const scale = inference.cfgScale;
  const tokens = data.length / 2 / slots;
  return Float32Array.from({ length: slots * codes }, (_, index) => {
    const at = Math.floor(index / codes) * tokens + (index % codes);
    return scale * (data[at] ?? NaN) + (1 - scale) * (data[slots * tokens + at] ?? NaN);
  });
}
