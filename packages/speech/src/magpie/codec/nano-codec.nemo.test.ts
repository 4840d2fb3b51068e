import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProviderFallback } from "../../runtime/execution-providers";
import { convertCodecFile } from "../testing/converted-voices";
import { bundledFixtures, readTensorFile, type Recorded } from "../testing/magpie-records";
import { NanoCodec } from "./nano-codec";

/** As strict as the records are. */
const tolerance = 1e-4;

describe("NanoCodec against NeMo", () => {
  let folder: string;
  let codec: NanoCodec;
  let frames: number[][];
  let audio: Float32Array;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-codec-"));
    const directory = join(folder, "codec");
    await convertCodecFile(join(bundledFixtures, "codec/model.nemo"), directory);
    codec = await NanoCodec.open(directory, { threads: 1, providers: new ProviderFallback([]) });
    const tensor = await readTensorFile(join(bundledFixtures, "codec/codec.safetensors"));
    frames = framesOf(tensor("codes"));
    audio = tensor("audio").values;
  });

  afterAll(async () => {
    await codec.close();
    await rm(folder, { recursive: true });
  });

  async function decode(sizes: readonly number[]): Promise<number> {
    const stream = codec.open();
    let worst = 0;
    let at = 0;
    for (const [index, size] of sizes.entries()) {
      const start = sizes.slice(0, index).reduce((sum, other) => sum + other, 0);
      const samples = await stream.decode(frames.slice(start, start + size));
      expect(samples).toHaveLength(size * codec.samplesPerFrame);
      for (const sample of samples) {
        worst = Math.max(worst, Math.abs(sample - (audio[at] ?? NaN)));
        at++;
      }
    }
    stream.close();
    expect(at).toBe(audio.length);
    return worst;
  }

  it.each([
    ["at once", [33]],
    ["frame by frame", new Array<number>(33).fill(1)],
    ["in growing pieces", [1, 2, 4, 8, 8, 8, 2]],
    ["in uneven pieces", [3, 1, 17, 2, 5, 5]],
  ])("makes the recorded sound %s: no cut can be heard", async (_, sizes) => {
    expect(await decode(sizes)).toBeLessThan(tolerance);
  });

  it("keeps streams apart", async () => {
    expect(await Promise.all([decode([20, 13]), decode([7, 26])])).toSatisfy((worst: number[]) =>
      worst.every((difference) => difference < tolerance),
    );
  });
});

/** [codebooks, frames] as codes by frame. */
function framesOf({ shape, values }: Recorded): number[][] {
  const [books = 0, count = 0] = shape;
  return Array.from({ length: count }, (_, frame) =>
    Array.from({ length: books }, (_, book) => values[book * count + frame] ?? 0),
  );
}
