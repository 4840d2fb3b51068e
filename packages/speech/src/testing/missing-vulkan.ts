const given = process.env.missingVulkan;

/** Why nothing can run under WebGPU here, for people, as vitest's configuration says; null where it can. */
export const missingVulkan = given === undefined || given === "" ? null : given;

/** The name of a group of such tests, with the reason where they are skipped. */
export function underWebgpu(name: string): string {
  return missingVulkan === null
    ? `${name}, under WebGPU`
    : `${name}, under WebGPU: skipped, ${missingVulkan}`;
}
