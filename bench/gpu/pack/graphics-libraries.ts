import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { softwareVulkan } from "../../../scripts/test/software-vulkan.mjs";

const loader = "libvulkan.so.1";

/** What NVIDIA's Vulkan driver wants besides the loader; machines without a screen may lack it. */
const driverNeeds = [
  ...["libGLdispatch.so.0", "libX11.so.6", "libXext.so.6", "libxcb.so.1", "libXau.so.6"],
  ...["libXdmcp.so.6", "libbsd.so.0", "libmd.so.0"],
];

/**
 * Vulkan's loader, of the system or Chromium's own, and libraries that drivers need.
 *
 * @returns files, and the names of those that are not here
 */
export function graphicsLibraries(): { files: readonly string[]; missing: readonly string[] } {
  const known = systemLibraries();
  const { environment } = softwareVulkan();
  const beside = join(environment.LD_LIBRARY_PATH ?? "", loader);
  if (!known.has(loader) && existsSync(beside)) known.set(loader, beside);
  const wanted = [loader, ...driverNeeds];
  return {
    files: wanted.flatMap((name) => known.get(name) ?? []),
    missing: wanted.filter((name) => !known.has(name)),
  };
}

function systemLibraries(): Map<string, string> {
  const listed = execFileSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" });
  const lines = listed.matchAll(/^\s*(\S+) \(libc6,x86-64[^)]*\) => (\S+)$/gmu);
  return new Map([...lines].toReversed().map(([, name = "", file = ""]) => [name, file]));
}
