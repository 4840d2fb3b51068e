import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findModelsDirectory } from "../../runtime/models-directory";
import { loadAudio } from "../../testing/audio-fixtures";
import { loadTensors, tensorOf } from "../../testing/audio-tensors";
import { ChunkPlanner, type MelChunk } from "./chunk-planner";
import { FeatureExtractor } from "../features/feature-extractor";
import { LogMel } from "../features/log-mel";
import { StreamingEncoder, type EncoderState } from "./streaming-encoder";
import { loadTransducerModel, type TransducerModel } from "../model/transducer-model";

const fixtures = new URL("../fixtures/", import.meta.url);
let model: TransducerModel;
let encoder: StreamingEncoder;

beforeAll(async () => {
  model = await loadTransducerModel(join(findModelsDirectory(), "builtin"), { threads: 1 });
  encoder = new StreamingEncoder(model.encoder, model.shape);
});

afterAll(async () => {
  await Promise.all([model.encoder.release(), model.decoderJoint.release()]);
});

function chunksOf(name: string, rightContext: number): MelChunk[] {
  const extractor = new FeatureExtractor(new LogMel(80));
  const planner = new ChunkPlanner(80, rightContext);
  const chunks = planner.push(extractor.push(loadAudio(new URL(`audio/${name}.wav`, fixtures))));
  return [...chunks, ...planner.runOut(extractor.remaining())];
}

/** [frames, width], all steps joined. */
async function encodeAll(chunks: readonly MelChunk[], state: EncoderState): Promise<number[][]> {
  const rows: number[][] = [];
  for (const chunk of chunks) {
    const step = await encoder.step(state, chunk);
    ({ state } = step);
    const { tensor, count } = step.encoded;
    const data = tensor.data as Float32Array;
    for (let frame = 0; frame < count; frame++) {
      rows.push(Array.from({ length: 144 }, (_, axis) => data[axis * count + frame]!));
    }
  }
  return rows;
}

function furthest(rows: readonly number[][], other: (row: number, axis: number) => number): number {
  return Math.max(
    ...rows.flatMap((row, index) => row.map((value, axis) => Math.abs(value - other(index, axis)))),
  );
}

describe("StreamingEncoder", () => {
  it.each([1, 6])(
    "gives R + 1 frames a chunk, equal to the reference, for R = %i",
    async (right) => {
      const recorded = loadTensors(new URL("encoded.safetensors", fixtures));
      const { shape, data } = tensorOf(recorded, `time_slt.R${right}`);
      const chunks = chunksOf("time_slt", right);
      const rows = await encodeAll(chunks, encoder.start());
      expect(rows).toHaveLength(chunks.length * (right + 1));
      expect(shape).toEqual([144, rows.length]);
      expect(furthest(rows, (row, axis) => data[axis * rows.length + row]!)).toBeLessThan(1e-4);
    },
  );

  it("leaves the state it was given as it was", async () => {
    const [first, second] = chunksOf("time_slt", 1);
    const { state } = await encoder.step(encoder.start(), first!);
    const once = await encodeAll([second!], state);
    const again = await encodeAll([second!], state);
    expect(again).toEqual(once);
  });
});
