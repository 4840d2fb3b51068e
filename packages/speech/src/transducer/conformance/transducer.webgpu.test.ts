/** The caches of a whole model on a device: what it hears is what the processor hears. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Recognition } from "../../contracts/recognizer";
import { loadAudio } from "../../testing/audio-fixtures";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { fileOptions, loadRecognizer, recognize } from "../../testing/recognize";
import type { TransducerRecognizer } from "../recognizer/transducer-recognizer";

const fixtures = new URL("../fixtures/", import.meta.url);
const archive = fileURLToPath(
  new URL("../../../../nemo-onnx/fixtures/eou-like.nemo", import.meta.url),
);
const audioOf = (name: string) => loadAudio(new URL(`audio/${name}.wav`, fixtures));
const samplesPerChunk = 2_560;

/** Tokens with their places. */
const tokensOf = ({ tokens }: Recognition) => tokens.map(({ id, startMs }) => [id, startMs]);

describe.skipIf(missingVulkan !== null)(underWebgpu("A cache-aware transducer"), () => {
  let folder: string;
  let cpu: TransducerRecognizer;
  let webgpu: TransducerRecognizer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-webgpu-"));
    const directory = join(folder, "eou-like");
    const checkpoint = await openCheckpoint(archive);
    await convertTransducer({ checkpoint, directory, precision: "fp32" });
    await checkpoint.close();
    cpu = await loadRecognizer(directory);
    webgpu = await loadRecognizer(directory, {
      providers: ["webgpu"],
      device: { tellsPlacement: true },
    });
  });

  afterAll(async () => {
    await webgpu.close();
    await cpu.close();
    await rm(folder, { recursive: true });
  });

  it("runs there", () => {
    expect(webgpu.remarks).toEqual([]);
    expect([webgpu.runsOn, cpu.runsOn]).toEqual(["webgpu", "cpu"]);
    expect(cpu.placements).toEqual([]);
    // The same that onnxruntime's log of assignments tells, see `partitions.webgpu.test.ts`.
    const onProcessor = webgpu.placements.map(({ graph, partitions, nodes }) => {
      return [graph, partitions, nodes.cpu ?? 0];
    });
    expect(onProcessor).toEqual([
      ["decoder_joint.onnx", 1, 0],
      ["encoder.onnx", 1, 50],
    ]);
  });

  it("hears the same tokens over more than a hundred steps", async () => {
    const names = ["flite_slt", "noisy_rms", "gap_gb", "meeting_kal16"];
    const pieces = names.map((name) => audioOf(name));
    const long = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      long.set(piece, at);
      at += piece.length;
    }
    expect(long.length / samplesPerChunk).toBeGreaterThan(100);
    const expected = tokensOf(await recognize(cpu, long));
    expect(expected.length).toBeGreaterThan(50);
    expect(tokensOf(await recognize(webgpu, long))).toEqual(expected);
  });

  it("hears the same in shared runs, while streams come, leave and are copied", async () => {
    const lives = [
      { name: "flite_slt", startsAt: 0, dies: false },
      { name: "noisy_rms", startsAt: 2, dies: true },
      { name: "gap_gb", startsAt: 3, dies: false },
    ];
    const hear = (recognizer: TransducerRecognizer) =>
      Promise.all(
        lives.map(async ({ name, startsAt, dies }) => {
          const silence = new Int16Array(startsAt * samplesPerChunk);
          const sound = audioOf(name).subarray(0, 10 * samplesPerChunk);
          const stream = await recognizer.open(fileOptions);
          await stream.write(silence);
          for (let at = 0; at < sound.length; at += 4 * samplesPerChunk) {
            await stream.write(sound.subarray(at, at + 4 * samplesPerChunk));
            if (dies) break;
          }
          const peeked = await stream.peekFinal();
          const settled = dies ? peeked : await stream.finish();
          stream.close();
          return [tokensOf(peeked), tokensOf(settled)];
        }),
      );
    const expected = await hear(cpu);
    expect(expected.flat(2).length).toBeGreaterThan(20);
    expect(await hear(webgpu)).toEqual(expected);
  });
});
