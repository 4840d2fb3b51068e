/** Partitions of a transducer's graphs under WebGPU. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { withWholeStates } from "@parley/nemo-onnx/onnx/with-whole-states";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { outsideOf } from "../../testing/placement/outside-of";

const archive = fileURLToPath(
  new URL("../../../../nemo-onnx/fixtures/eou-like.nemo", import.meta.url),
);

/** Precisions in which a card computes; a graph is placed before anything runs, on any device. */
const precisions = ["fp32", "fp16"] as const;
const title = underWebgpu("A transducer's partitions in %s");

describe.skipIf(missingVulkan !== null).each(precisions)(title, (precision) => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-partitions-"));
    const checkpoint = await openCheckpoint(archive);
    await convertTransducer({ checkpoint, directory: join(folder, "ear"), precision });
    await checkpoint.close();
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("leave lengths and masks of an encoder to the processor, before the device begins", async () => {
    const path = join(folder, "ear", "encoder.onnx");
    const model = decodeModel(await readFile(path), "encoder.onnx");
    const states = [
      {
        past: "cache_last_channel",
        added: "cache_last_channel_new",
        whole: "cache_last_channel_next",
        axis: 2,
        kept: 70,
      },
    ];
    const kept = join(folder, "ear", "device-encoder.onnx");
    await writeFile(kept, encodeModel(withWholeStates(model, states)));
    // WebGPU has no kernels for int64, in which lengths are given. They depend on nothing that the
    // device computes: which frames are valid at each stage, which keys are visible, and where the
    // run's positions lie in their table. Seven masks go up, a truth value for each frame.
    expect(await outsideOf(kept)).toEqual({
      nodes: 50,
      up: 7,
      operators: {
        Add: 8,
        Concat: 1,
        Div: 3,
        Gather: 4,
        GreaterOrEqual: 1,
        Identity: 1,
        Less: 6,
        Max: 1,
        Min: 1,
        Range: 6,
        Squeeze: 6,
        Sub: 5,
        Unsqueeze: 7,
      },
    });
  });

  it("have all of prediction network and joint on the device", async () => {
    const file = join(folder, "ear", "decoder_joint.onnx");
    expect(await outsideOf(file)).toEqual({ nodes: 0, up: 0, operators: {} });
  });
});
