import { describe, expect, it } from "vitest";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { ProviderFallback } from "../execution-providers";
import { floatTensor } from "../tensors";
import { DeviceUploads } from "./device-uploads";
import { RowGraphs } from "./row-graphs";
import { freeTensors } from "./shared-tensors";

describe.skipIf(missingVulkan !== null)(underWebgpu("Tensors put on a device"), () => {
  it("are given to runs there as they were", async () => {
    const settings = { threads: 1, providers: new ProviderFallback(["webgpu"]) };
    const uploads = new DeviceUploads(settings);
    const kept = await uploads.upload(floatTensor(Float32Array.of(1, 2, 3, 4), [1, 2, 2]));
    expect([kept.location, kept.dims]).toEqual(["gpu-buffer", [1, 2, 2]]);
    // Another graph of the device takes it, row beside row.
    const rows = new RowGraphs([{ name: "part", dims: [2, 2] }], settings);
    const joined = await rows.join([[kept], [kept]]);
    expect(joined.map(({ dims, location }) => [dims, location])).toEqual([
      [[2, 2, 2], "gpu-buffer"],
    ]);
    freeTensors([kept, ...joined]);
    await rows.close();
    await uploads.close();
  });
});
