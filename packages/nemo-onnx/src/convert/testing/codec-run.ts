import { Tensor } from "onnxruntime-node";
import type { CodecManifest } from "../magpie-manifest";
import {
  columnsOf,
  zeros,
  floatTensor,
  type Floats,
  type GraphSession,
} from "../../onnx/testing/graph-session";

/**
 * Decodes one stream of codes, [codebooks, frames], in several runs.
 *
 * @param runs number of frames of each run
 * @returns the audio, and the states after the last run
 */
export async function decodeStreamed(
  codec: GraphSession,
  { states: shapes }: CodecManifest,
  codes: Floats,
  runs: readonly number[],
): Promise<{ audio: Floats; states: Floats[] }> {
  const [codebooks = 0] = codes.dims;
  let states = shapes.map(zeros);
  const audio: number[] = [];
  let start = 0;
  for (const frames of runs) {
    const part = columnsOf(codes, start, start + frames);
    start += frames;
    const integers = BigInt64Array.from(part.data, (code) => BigInt(code));
    const outputs = await codec.run({
      codes: new Tensor("int64", integers, [1, codebooks, frames]),
      ...Object.fromEntries(states.map((state, index) => [`s${index}`, floatTensor(state)])),
    });
    audio.push(...outputs.floats("audio").data);
    states = states.map((_, index) => outputs.floats(`s${index}_out`));
  }
  return { audio: { data: Float32Array.from(audio), dims: [audio.length] }, states };
}

/** The reference's names of the states, in the graph's order. */
export function stateNames(stages: number, branches: number, blocks: number): string[] {
  const upTo = (length: number) => Array.from({ length }, (_, index) => index);
  const stage = (index: number) => [
    `up${index}`,
    ...upTo(branches).flatMap((branch) =>
      upTo(blocks).flatMap((block) =>
        ["input", "skip"].map((part) => `${index}.${branch}.${block}.${part}`),
      ),
    ),
  ];
  return ["pre", ...upTo(stages).flatMap(stage), "post"];
}
