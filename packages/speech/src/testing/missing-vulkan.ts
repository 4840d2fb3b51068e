import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Why nothing can run under WebGPU here, for people; null where it can. */
    missingVulkan: string | null;
  }
}

/** Why tests under WebGPU are skipped on this machine; null where they run. */
export const missingVulkan = inject("missingVulkan");

/** The name of a group of such tests, with the reason where they are skipped. */
export function underWebgpu(name: string): string {
  return missingVulkan === null
    ? `${name}, under WebGPU`
    : `${name}, under WebGPU: skipped, ${missingVulkan}`;
}
