import { expect, it } from "vitest";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { tryWebgpu } from "./try-webgpu";

const { signal } = new AbortController();

it.skipIf(missingVulkan !== null)(underWebgpu("a trial knows a device in software"), async () => {
  expect(await tryWebgpu(process.env, signal)).toEqual({
    kind: "software",
    name: "SwiftShader",
    halfPrecision: false,
    tellsPlacement: true,
  });
  const without = { ...process.env, VK_ICD_FILENAMES: "/nowhere", VK_DRIVER_FILES: "/nowhere" };
  expect(await tryWebgpu(without, signal)).toMatchObject({ kind: "none" });
});
