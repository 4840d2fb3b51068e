import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { conversionVersion } from "@parley/nemo-onnx/convert/model-manifest";
import { magpieConversionVersion } from "@parley/nemo-onnx/convert/magpie-manifest";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { folderBytes } from "./folder-bytes";

/** A cached conversion of a checkpoint. */
export type Conversion = {
  directory: string;
  /** Prefix of the checkpoint's SHA-256. */
  source: string;
  precision: string;
  /** Whether an older converter made it; it is not used any more. */
  isStale: boolean;
  bytes: number;
};

/** Versions of all converters; which one applies is known only when the checkpoint is opened. */
const version = `${conversionVersion}.${magpieConversionVersion}`;
const namePattern = /^([0-9a-f]{32})-v([\d.]+)-([a-z0-9-]+)$/u;

/** Folder of a checkpoint's conversion. It appears once the conversion is complete. */
export function conversionDirectory(cache: string, sha256: string, precision: Precision): string {
  return join(cache, "converted", `${sourceKey(sha256)}-v${version}-${precision}`);
}

export function sourceKey(sha256: string): string {
  return sha256.slice(0, 32);
}

/** All cached conversions, of any converter version. */
export async function listConversions(cache: string): Promise<Conversion[]> {
  const conversions = join(cache, "converted");
  const names = await readdir(conversions).catch(() => []);
  const found = names.sort().map(async (name): Promise<Conversion | null> => {
    const [, source, madeBy, precision] = namePattern.exec(name) ?? [];
    if (source === undefined || precision === undefined) return null;
    const directory = join(conversions, name);
    const isStale = madeBy !== version;
    return { directory, source, precision, isStale, bytes: await folderBytes(directory) };
  });
  return (await Promise.all(found)).filter((conversion) => conversion !== null);
}
