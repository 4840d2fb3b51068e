import type { Floats } from "../../onnx/testing/graph-session";
import type { MagpieRun, ReplyResult } from "./magpie-run";

/** A reply whose codes are known. */
export type Decoding = {
  ids: readonly number[];
  voice: number;
  /** [codebooks, frames]. */
  codes: Floats;
  /** Of each step; NaN stands for none as well as null. */
  priors: readonly (Float32Array | null)[];
  /** Otherwise every step decodes all anew, with its own prior everywhere. */
  isCached: boolean;
};

/** Decodes step by step, as many as there are priors. */
export async function decodeAll(
  run: MagpieRun,
  { ids, voice, codes, priors, isCached }: Decoding,
): Promise<ReplyResult[]> {
  const [memory] = await run.encode([ids]);
  if (memory === undefined) throw new Error("nothing encoded");
  const results: ReplyResult[] = [];
  const inputs = [run.firstCodes];
  let past = run.nothing;
  for (const [step, given] of priors.entries()) {
    const prior = given === null || Number.isNaN(given[0]) ? null : given;
    const isWhole = step === 0 || !isCached;
    const context = isWhole ? run.voice(voice) : null;
    const fed = isWhole ? inputs : inputs.slice(-1);
    const [result] = await run.decode([{ memory, context, past, codes: fed, prior }]);
    if (result === undefined) throw new Error("nothing decoded");
    results.push(result);
    if (isCached) past = result.past;
    inputs.push(codesOfStep(run, codes, step));
  }
  return results;
}

/** Ids of all slots: frame by frame those of all codebooks. */
export function codesOfStep(run: MagpieRun, { data, dims }: Floats, step: number): number[] {
  const { frameStacking, codebooks } = run.manifest;
  const [, frames = 0] = dims;
  return Array.from({ length: run.slots }, (_, slot) => {
    const frame = step * frameStacking + Math.floor(slot / codebooks);
    return data[(slot % codebooks) * frames + frame] ?? NaN;
  });
}
