import { join } from "node:path";
import type { MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMagpieManifest } from "../decoding/magpie-model";
import type { DeviceSettings } from "../../runtime/execution-providers";
import { sizeOnDisk } from "../../runtime/size-on-disk";
import { convertVoice, type ConvertedVoice } from "../testing/converted-voices";
import { allotDevice } from "./allot-device";
import {
  bytesWith,
  codecNeeds,
  codecStateBytes,
  magpieNeeds,
  stateNeeds,
  voicesWithin,
} from "./device-needs";

let voice: ConvertedVoice;
let manifest: MagpieManifest;

beforeAll(async () => {
  voice = await convertVoice("bundled");
  manifest = await readMagpieManifest(join(voice.model, "parley.json"));
});

afterAll(() => voice.remove());

describe("what Magpie takes of a device", () => {
  it("is keys and values of each position, twice, and of the longest text", () => {
    // The sizes of the July model: two frames a step, 500 frames at most.
    const sizes = { layers: 12, width: 768, crossWidth: 128, contextFrames: 217, frameStacking: 2 };
    const positions = { maxPositions: 2_048, maxTextPositions: 2_048 };
    const july = { ...manifest, ...sizes, ...positions };
    const inference = { ...manifest.inference, maxDecoderSteps: 500 };
    const position = 12 * 2 * 768 * 4;
    const text = 12 * 2 * 128 * 2_048 * 4;
    expect(stateNeeds(july, inference)).toEqual({
      fixed: 2 * 218 * position,
      perVoice: 2 * (2 * (217 + 250) * position + text),
    });
    // No more positions than the model has.
    const long = stateNeeds(july, { ...inference, maxDecoderSteps: 10_000 });
    expect(long.perVoice).toBe(2 * (2 * 2_048 * position + text));
  });

  it("is the codec's states, twice", () => {
    const states: [1, number, number][] = [
      [1, 8, 3],
      [1, 2, 5],
    ];
    expect(codecStateBytes({ states })).toBe((24 + 10) * 4);
  });

  it("is all weights", async () => {
    const file = (name: string) => sizeOnDisk(join(voice.model, name));
    const states = stateNeeds(manifest, manifest.inference);
    expect((await magpieNeeds(voice.model)).fixed - states.fixed).toBe(
      (await file("text_encoder.onnx")) +
        (await file("decoder.onnx")) +
        (await file("local_sampler.onnx")),
    );
    const { fixed } = await codecNeeds(voice.codec);
    expect(fixed).toBe(await sizeOnDisk(join(voice.codec, "codec.onnx")));
    expect(fixed).toBeGreaterThan(0);
  });

  it("leaves room for so many voices", () => {
    const parts = [
      { fixed: 100, perVoice: 10 },
      { fixed: 50, perVoice: 5 },
    ];
    expect([149, 164, 165, 180].map((bytes) => voicesWithin(bytes, parts))).toEqual([0, 0, 1, 2]);
    expect(bytesWith(2, parts)).toBe(180);
  });
});

describe("allotDevice", () => {
  const allot = async (device: DeviceSettings | undefined, maxStreams = 8) => {
    const { model } = voice;
    const settings = { model, threads: 1, providers: ["webgpu"] as const, device, maxStreams };
    const { providers, ...allotted } = await allotDevice(settings, await codecNeeds(voice.codec));
    return { ...allotted, runsOn: providers.inUse, remarks: providers.remarks };
  };
  const parts = async () => [await magpieNeeds(voice.model), await codecNeeds(voice.codec)];

  it("has no say without a limit", async () => {
    const all = { runsOn: "webgpu", maxStreams: 8, remark: null, remarks: [] };
    expect(await allot(undefined)).toEqual(all);
    expect(await allot({ tellsPlacement: true })).toEqual(all);
    expect(await allot({ memoryBytes: bytesWith(8, await parts()) })).toEqual(all);
  });

  it("has fewer speak at once where the limit has no room for more", async () => {
    const allotted = await allot({ memoryBytes: bytesWith(4, await parts()) - 1 });
    expect(allotted).toMatchObject({ runsOn: "webgpu", maxStreams: 3 });
    expect(allotted.remark).toMatch(
      /^webgpu speaks with 3 voices at once, not 8: the limit of \d+ MiB/u,
    );
  });

  it("leaves all of it to the processor where two voices have no room", async () => {
    const allotted = await allot({ memoryBytes: bytesWith(2, await parts()) - 1 });
    expect(allotted).toMatchObject({ runsOn: "cpu", maxStreams: 8, remark: null });
    const small = await allot({ memoryBytes: 2 ** 20 });
    expect(small.remarks).toEqual([
      expect.stringMatching(
        /^webgpu is not used: \d+ MiB of weights and of what 2 voices keep are over the limit of 1 MiB$/u,
      ),
    ]);
    // One that speaks alone needs no room for two.
    const alone = await allot({ memoryBytes: bytesWith(1, await parts()) }, 1);
    expect(alone).toMatchObject({ runsOn: "webgpu", maxStreams: 1 });
  });

  it("refuses a folder that is no model", async () => {
    const settings = { model: voice.codec, threads: 1, providers: ["webgpu"] as const };
    const limited = { ...settings, device: { memoryBytes: 1 }, maxStreams: 1 };
    await expect(allotDevice(limited, null)).rejects.toMatchObject({ code: "model-mismatch" });
  });
});
