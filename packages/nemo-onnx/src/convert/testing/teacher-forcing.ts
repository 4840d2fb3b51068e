import type { Floats } from "../../onnx/testing/graph-session";
import type { MagpieRun, ReplyResult } from "./magpie-run";

/** A reply with known codes. */
export type Decoding = {
  ids: readonly number[];
  voice: number;
  /** [codebooks, frames]. */
  codes: Floats;
  /** Attention prior of each step; null or NaN for none. */
  priors: readonly (Float32Array | null)[];
  /** False to decode all positions again in every step, with that step's prior for all of them. */
  isCached: boolean;
};

/** Decodes one step per prior. */
export async function decodeAll(
  run: MagpieRun,
  { ids, voice, codes, priors, isCached }: Decoding,
): Promise<ReplyResult[]> {
  const [memory] = await run.encode([ids]);
  if (memory === undefined) throw new Error("nothing encoded");
  const results: ReplyResult[] = [];
  const inputs = [run.firstCodes];
  let past = run.emptyPast;
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

/** Ids of all slots of a step: those of all codebooks, frame by frame. */
export function codesOfStep(run: MagpieRun, { data, dims }: Floats, step: number): number[] {
  const { frameStacking, codebooks } = run.manifest;
  const [, frames = 0] = dims;
  return Array.from({ length: run.slots }, (_, slot) => {
    const frame = step * frameStacking + Math.floor(slot / codebooks);
    return data[(slot % codebooks) * frames + frame] ?? NaN;
  });
}
