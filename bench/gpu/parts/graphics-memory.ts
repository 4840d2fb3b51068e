import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What NVIDIA's tool tells of the first card; null where there is none. */
export async function askGraphicsCard(fields: string): Promise<string | null> {
  try {
    const query = [`--query-gpu=${fields}`, "--format=csv,noheader,nounits"];
    const { stdout } = await promisify(execFile)("nvidia-smi", query, { timeout: 5_000 });
    return stdout.split("\n")[0]?.trim() ?? null;
  } catch {
    return null;
  }
}

/** MiB of the card that are in use, by all programs. */
export async function graphicsMemory(): Promise<number | null> {
  const used = await askGraphicsCard("memory.used");
  return used === null ? null : Number(used);
}
