import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ChunkPlanner, type MelChunk, type RunOutMode } from "./chunk-planner";

/** The full set of references, where it lies beside the repository. */
const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

const recordings = {
  espeak_us: 89_710,
  flite_slt: 49_515,
  noisy_rms: 90_560,
  gap_gb: 127_064,
  long30: 480_000,
  silence2: 32_000,
  white2: 32_000,
  tiny: 5_280,
};
type Recording = keyof typeof recordings;

const streamSchema = z.object({
  steps: z.array(z.object({ mel_frames: z.number(), mel_length: z.number(), drop: z.number() })),
  valid_only: z.object({ mel_frames: z.array(z.number()) }),
});
const streamsSchema = z.object({ streams: z.record(z.string(), streamSchema) });

/** Chunks of that many frames, pushed in pieces of seven. */
function chunksOf(frames: number, rightContext: number, mode: RunOutMode): MelChunk[] {
  const planner = new ChunkPlanner({ mels: 1, rightContext, hasExactFirstChunk: true });
  const chunks: MelChunk[] = [];
  let open = frames;
  for (; open > 7; open -= 7) chunks.push(...planner.push(new Float32Array(7)));
  return [...chunks, ...planner.runOut(new Float32Array(open), mode)];
}

const validFrames = (name: Recording) => Math.floor(recordings[name] / 160);

describe("ChunkPlanner beside NeMo's CacheAwareStreamingAudioBuffer", () => {
  it.each([
    // Right context, recording, number of chunks and frames of the last: with the masked column,
    // then with the valid frames alone (nemo-toolkit 3.0.0).
    [13, "espeak_us", [6, 17], [5, 121]],
    [13, "gap_gb", [8, 27], [8, 26]],
    [13, "tiny", [1, 34], [1, 33]],
    [6, "espeak_us", [11, 17], [10, 65]],
    [6, "flite_slt", [6, 46], [6, 45]],
    [6, "silence2", [4, 49], [4, 48]],
    [1, "espeak_us", [36, 17], [35, 25]],
    [1, "gap_gb", [50, 25], [50, 25]],
    [1, "tiny", [3, 18], [3, 17]],
    [0, "espeak_us", [71, 17], [70, 17]],
    [0, "flite_slt", [39, 17], [39, 17]],
  ] as const)("makes the same chunks for R = %i of %s", (right, name, nemo, exact) => {
    for (const [mode, expected] of [["nemo", nemo] as const, ["exact", exact] as const]) {
      const chunks = chunksOf(validFrames(name), right, mode);
      expect([chunks.length, chunks.at(-1)?.frames]).toEqual(expected);
    }
  });

  it.skipIf(!existsSync(shared)).each([
    ["nemotron-like", 0],
    ["nemotron-like", 1],
    ["nemotron-like", 6],
    ["nemotron-like", 13],
    ["eou-like", 1],
  ])("makes every chunk of every recording of %s for R = %i", (model, right) => {
    const json = readFileSync(new URL(`models/${model}/stream_R${right}.json`, shared), "utf8");
    const { streams } = streamsSchema.parse(JSON.parse(json));
    for (const name of Object.keys(recordings) as Recording[]) {
      const { steps, valid_only: validOnly } = streams[name]!;
      const chunks = chunksOf(validFrames(name), right, "nemo");
      expect(
        chunks.map((chunk) => [chunk.frames, chunk.validFrames, chunk.dropExtra]),
        name,
      ).toEqual(steps.map((step) => [step.mel_frames, step.mel_length, step.drop]));
      const exact = chunksOf(validFrames(name), right, "exact");
      expect(
        exact.map((chunk) => chunk.frames),
        name,
      ).toEqual(validOnly.mel_frames);
    }
  });
});
