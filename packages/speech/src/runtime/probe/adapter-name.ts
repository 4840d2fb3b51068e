import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";

/** Reads a file of the system; null when it is not there. */
export type ReadText = (path: string) => Promise<string | null>;

const makers: Readonly<Record<string, string>> = {
  "0x1002": "AMD",
  "0x10de": "NVIDIA",
  "0x8086": "Intel",
  "0x106b": "Apple",
  "0x13b5": "Arm",
  "0x5143": "Qualcomm",
};

const readText: ReadText = (path) => readFile(path, "utf8").catch(() => null);

/**
 * The name of the graphics processor behind an open device file, as its driver or the bus tells it.
 *
 * @param devices such as `/dev/nvidia0` or `/dev/dri/renderD128`
 */
export async function cardName(
  devices: readonly string[],
  read: ReadText = readText,
): Promise<string> {
  if (devices.some((device) => device.startsWith("/dev/nvidia"))) {
    const cards = await readdir("/proc/driver/nvidia/gpus").catch(() => []);
    for (const card of cards) {
      const facts = await read(`/proc/driver/nvidia/gpus/${card}/information`);
      const model = /^Model:\s*(.+)$/mu.exec(facts ?? "")?.[1];
      if (model !== undefined) return model.trim();
    }
    return "NVIDIA";
  }
  const node = devices.find((device) => device.startsWith("/dev/dri/"));
  if (node !== undefined) {
    const folder = `/sys/class/drm/${basename(node)}/device`;
    const [vendor, device] = [await read(`${folder}/vendor`), await read(`${folder}/device`)];
    const maker = makers[vendor?.trim() ?? ""] ?? vendor?.trim() ?? "a graphics processor";
    return device === null ? maker : `${maker} ${device.trim()}`;
  }
  return devices.includes("/dev/dxg")
    ? "the graphics processor of Windows"
    : "a graphics processor";
}

/** The name of a Vulkan device without hardware, by its library. */
export function softwareName(drivers: readonly string[]): string {
  if (drivers.some((file) => file.includes("swiftshader"))) return "SwiftShader";
  if (drivers.some((file) => file.includes("lvp"))) return "llvmpipe";
  return "a software device";
}
