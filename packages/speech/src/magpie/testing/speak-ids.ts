import type { MagpieEngine } from "../engine/magpie-engine";
import type { MagpiePart, MagpieRequest } from "../engine/magpie-request";

export const never = new AbortController().signal;

/** A greedy, cached request for one chunk. */
export function requestFor(
  ids: readonly number[],
  more: Partial<MagpieRequest> = {},
): MagpieRequest {
  return {
    chunks: [{ ids }],
    voice: 0,
    seed: 1,
    temperature: null,
    isGreedy: true,
    hasCache: true,
    quality: "fast-start",
    signal: never,
    ...more,
  };
}

export type Spoken = Omit<Extract<MagpiePart, { type: "end" }>, "type"> & {
  pieces: Float32Array[];
};

export async function speakIds(engine: MagpieEngine, request: MagpieRequest): Promise<Spoken> {
  const pieces: Float32Array[] = [];
  for await (const part of engine.synthesize(request)) {
    if (part.type === "audio") pieces.push(part.samples);
    else return { codes: part.codes, attended: part.attended, end: part.end, pieces };
  }
  throw new TypeError("the reply came without an end");
}
