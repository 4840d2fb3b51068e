/** Partitions of Magpie's graphs, and of its codec's, under WebGPU. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMagpieManifest } from "../decoding/magpie-model";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { outsideOf } from "../../testing/placement/outside-of";
import { deviceDecoder } from "../decoding/device-decoder";
import { convertVoice, type ConvertedVoice } from "../testing/converted-voices";

/** Precisions in which a card computes; a graph is placed before anything runs, on any device. */
const precisions = ["fp32", "fp16"] as const;
const title = underWebgpu("Magpie's partitions in %s");

describe.skipIf(missingVulkan !== null).each(precisions)(title, (precision) => {
  let voice: ConvertedVoice;

  beforeAll(async () => {
    voice = await convertVoice("bundled", precision);
  });

  afterAll(() => voice.remove());

  it("leave a text's positions to the processor, before the device begins", async () => {
    const file = join(voice.model, "text_encoder.onnx");
    // Positions of tokens and the mask of those to come, int64: once for a text.
    expect(await outsideOf(file)).toEqual({
      nodes: 5,
      up: 2,
      operators: { GreaterOrEqual: 1, Range: 1, Squeeze: 1, Unsqueeze: 2 },
    });
  });

  it("have a step of Magpie's decoder on the device, but for the places of its codes", async () => {
    const { layers } = await readMagpieManifest(join(voice.model, "parley.json"));
    const { bytes } = await deviceDecoder(join(voice.model, "decoder.onnx"), layers);
    const kept = join(voice.model, "device-decoder.onnx");
    await writeFile(kept, bytes);
    // The rows of the embeddings' table, an int64 for each code.
    expect(await outsideOf(kept)).toEqual({ nodes: 1, up: 1, operators: { Add: 1 } });
  });

  it("draw all tokens of a step on the device", async () => {
    const file = join(voice.model, "local_sampler.onnx");
    // Codes that are forced are given as int64; one for each token goes up.
    expect(await outsideOf(file)).toEqual({ nodes: 2, up: 16, operators: { Cast: 1, Split: 1 } });
  });

  it("have all of the codec on the device", async () => {
    const file = join(voice.codec, "codec.onnx");
    expect(await outsideOf(file)).toEqual({ nodes: 0, up: 0, operators: {} });
  });
});
