import { readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Where Vulkan drivers describe themselves. */
const driverFolders = [
  "/usr/share/vulkan/icd.d",
  "/usr/local/share/vulkan/icd.d",
  "/etc/vulkan/icd.d",
];

/** Lists the names in a folder; none when it does not exist. */
export type ListNames = (folder: string) => Promise<string[]>;

const listNames: ListNames = (folder) => readdir(folder).catch(() => []);

export type SelectedCard = {
  /** Variables that the drivers of this process are to see. */
  variables: Readonly<Record<string, string>>;
  /** Why the wish cannot be granted, for operators; null where it is. */
  problem: string | null;
};

/**
 * The way to choose among several cards: CUDA goes by numbers, and Vulkan's loader by the files in
 * which drivers describe themselves, `radeon_icd.x86_64.json`. onnxruntime-node has no option of its
 * own for WebGPU's adapter.
 *
 * @param wanted a number or a word, as `GPU_DEVICE` has it; undefined for no choice
 */
export async function selectCard(
  wanted: string | undefined,
  list: ListNames = listNames,
): Promise<SelectedCard> {
  if (wanted === undefined) return { variables: {}, problem: null };
  if (/^\d+$/u.test(wanted)) {
    return { variables: { CUDA_VISIBLE_DEVICES: wanted }, problem: null };
  }
  const found: string[] = [];
  const others: string[] = [];
  for (const folder of driverFolders) {
    for (const name of (await list(folder)).sort()) {
      if (!name.endsWith(".json")) continue;
      (name.includes(wanted) ? found : others).push(join(folder, name));
    }
  }
  if (found.length === 0) {
    const known = others.length === 0 ? "there is none" : `there are ${others.join(", ")}`;
    return { variables: {}, problem: `no Vulkan driver is called ${wanted}: ${known}` };
  }
  const files = found.join(delimiter);
  // The second name is that of loaders before 1.3.207.
  return { variables: { VK_DRIVER_FILES: files, VK_ICD_FILENAMES: files }, problem: null };
}
