import { defineConfig } from "vitest/config";
import { softwareVulkan } from "./scripts/test/software-vulkan.mjs";

/** For what hangs, not for what is slow: a busy machine takes many times a quiet one's time. */
const limits = { testTimeout: 120_000, hookTimeout: 120_000 };
const vulkan = softwareVulkan();

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/{media-server,inference,command-line}/src/**/*.test.ts",
            "{scripts,bench,e2e,fuzz}/**/*.test.{mjs,ts}",
          ],
          exclude: ["**/node_modules/**", "**/*.webgpu.test.ts", "packages/client/**"],
          ...limits,
        },
      },
      {
        test: {
          // Models under WebGPU, on a software device: processes of their own, since the linker and
          // Vulkan's loader read these variables when a process starts.
          name: "webgpu",
          include: ["packages/*/src/**/*.webgpu.test.ts"],
          pool: "forks",
          env: { ...vulkan.environment, missingVulkan: vulkan.missing ?? "" },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      "packages/client",
      "apps/web",
    ],
  },
});
