import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, release } from "node:os";
import { join } from "node:path";

/** Raised when a trial asks something new: outcomes of earlier ones do not tell it. */
const trialVersion = 2;
/** Variables that choose Vulkan drivers. */
const variables = ["VK_ICD_FILENAMES", "VK_DRIVER_FILES", "VK_ADD_DRIVER_FILES", "LD_LIBRARY_PATH"];
/** Where drivers describe themselves, and where cards appear. */
const folders = [
  ...["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"],
  ...[join(homedir(), ".local/share/vulkan/icd.d"), "/dev/dri", "/proc/driver/nvidia/gpus"],
];
const files = ["/sys/module/nvidia/version", "/sys/module/amdgpu/version"];

/**
 * Names this machine's graphics drivers: another key means that a trial's outcome may be another.
 * Made of onnxruntime's version, the kernel's, the drivers' descriptions, and the cards.
 */
export async function driverKey(environment: NodeJS.ProcessEnv): Promise<string> {
  const hash = createHash("sha256");
  const system = [process.platform, process.arch, release(), runtimeVersion()];
  hash.update(JSON.stringify([...system, trialVersion]));
  for (const name of variables) hash.update(`${name}=${environment[name] ?? ""}\n`);
  for (const folder of folders) hash.update(JSON.stringify(await describeFolder(folder)));
  for (const file of files) hash.update(await readFile(file, "utf8").catch(() => "-"));
  return hash.digest("hex");
}

async function describeFolder(folder: string): Promise<unknown> {
  const names = (await readdir(folder).catch(() => [])).sort();
  const facts = names.map(async (name) => {
    const found = await stat(join(folder, name)).catch(() => null);
    // Device files change their times with every use.
    const isDescription = name.endsWith(".json");
    return [name, isDescription ? (found?.mtimeMs ?? 0) : 0];
  });
  return await Promise.all(facts);
}

/** The version of the installed onnxruntime-node. */
export function runtimeVersion(): string {
  const require = createRequire(import.meta.url);
  const { version } = require("onnxruntime-node/package.json") as { version: string };
  return version;
}
