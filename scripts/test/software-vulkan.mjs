import { existsSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Folders in which a Chromium may lie with its software Vulkan device, SwiftShader. */
function chromiumFolders() {
  const playwright = path.join(os.homedir(), ".cache", "ms-playwright");
  const downloaded = existsSync(playwright)
    ? readdirSync(playwright)
        .filter((name) => /^chromium-\d+$/.test(name))
        .map((name) => path.join(playwright, name, "chrome-linux"))
    : [];
  const named = process.env.PARLEY_CHROMIUM;
  return [
    ...(named === undefined ? [] : [path.dirname(named)]),
    ...["/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/google/chrome"],
    ...downloaded,
  ];
}

const systemLoaders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib"];

/**
 * Looks for what onnxruntime's WebGPU provider needs in order to run without a graphics card: the
 * software Vulkan device that comes with Chromium, and Vulkan's loader, of the system or beside it.
 *
 * @returns {{ environment: Record<string, string>, missing: null } | { environment: Record<string, string>, missing: string }}
 *   Variables for a process that is to use it, or what is missing, for people.
 */
export function softwareVulkan() {
  const nothing = { environment: {} };
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { ...nothing, missing: "onnxruntime has WebGPU without a card on Linux x64 alone" };
  }
  const folder = chromiumFolders().find((name) =>
    existsSync(path.join(name, "vk_swiftshader_icd.json")),
  );
  if (folder === undefined) {
    return { ...nothing, missing: "no Chromium with SwiftShader (vk_swiftshader_icd.json)" };
  }
  const loader = [...systemLoaders, folder].find((name) =>
    existsSync(path.join(name, "libvulkan.so.1")),
  );
  if (loader === undefined) return { ...nothing, missing: "no Vulkan loader (libvulkan1)" };
  const description = path.join(folder, "vk_swiftshader_icd.json");
  return {
    missing: null,
    environment: {
      VK_ICD_FILENAMES: description,
      VK_DRIVER_FILES: description,
      // Where the dynamic linker finds a loader that is Chromium's own.
      ...(loader === folder ? { LD_LIBRARY_PATH: folder } : {}),
      XDG_RUNTIME_DIR: os.homedir(),
    },
  };
}
