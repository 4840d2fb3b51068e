import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProviderFallback, type ExecutionProvider } from "../../runtime/execution-providers";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { convertCodecFile } from "../testing/converted-voices";
import { bundledFixtures } from "../testing/magpie-records";
import { NanoCodec } from "./nano-codec";

/** Few, since a device in software takes its time. */
const pieces = [[0, 1], [2]];

describe.skipIf(missingVulkan !== null)(underWebgpu("Magpie's codec"), () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-codec-"));
    await convertCodecFile(join(bundledFixtures, "voice/codec.nemo"), join(folder, "codec"));
  });

  afterAll(() => rm(folder, { recursive: true }));

  /** The sound of two pieces, the second of which goes on from the states of the first. */
  async function speak(wanted: readonly ExecutionProvider[]) {
    const providers = new ProviderFallback(wanted, { tellsPlacement: true });
    const codec = await NanoCodec.open(join(folder, "codec"), { threads: 1, providers });
    const { codebooks, codes, runsOn, remarks } = codec;
    const stream = codec.open();
    const sound: number[] = [];
    for (const piece of pieces) {
      const frames = piece.map((frame) =>
        Array.from({ length: codebooks }, (_, book) => (7 * frame + 5 * book + 3) % codes),
      );
      sound.push(...(await stream.decode(frames)));
    }
    stream.close();
    await codec.close();
    return { runsOn, remarks, placements: codec.placements, sound };
  }

  it("makes the processor's sound, its states on the device between two pieces", async () => {
    const cpu = await speak([]);
    const webgpu = await speak(["webgpu"]);
    expect(webgpu).toMatchObject({ runsOn: "webgpu", remarks: [] });
    expect(webgpu.placements).toMatchObject([{ graph: "codec.onnx", partitions: 1 }]);
    expect(Object.keys(webgpu.placements[0]?.nodes ?? {})).toEqual(["webgpu"]);
    expect(cpu.placements).toEqual([]);
    const loudest = Math.max(...cpu.sound.map(Math.abs));
    const difference = Math.max(
      ...webgpu.sound.map((sample, at) => Math.abs(sample - (cpu.sound[at] ?? NaN))),
    );
    expect(loudest).toBeGreaterThan(0);
    // 60 dB below the loudest sample.
    expect(difference / loudest).toBeLessThan(1e-3);
  });
});
