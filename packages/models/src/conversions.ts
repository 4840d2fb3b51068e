import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { conversionVersion } from "@parley/nemo-onnx/convert/model-manifest";
import { magpieConversionVersion } from "@parley/nemo-onnx/convert/magpie-manifest";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { folderBytes } from "./folder-bytes";

/** A converted model that is kept. */
export type Conversion = {
  directory: string;
  /** The beginning of the checkpoint's SHA-256. */
  source: string;
  precision: string;
  /** Made by an older converter, and not used any more. */
  isStale: boolean;
  bytes: number;
};

/** Of all converters: which of them a checkpoint needs is known only when it is opened. */
const version = `${conversionVersion}.${magpieConversionVersion}`;
const namePattern = /^([0-9a-f]{32})-v([\d.]+)-([a-z0-9-]+)$/u;

/** Where a checkpoint's conversion belongs; it is there when it is whole. */
export function conversionDirectory(cache: string, sha256: string, precision: Precision): string {
  return join(cache, "converted", `${sourceKey(sha256)}-v${version}-${precision}`);
}

export function sourceKey(sha256: string): string {
  return sha256.slice(0, 32);
}

/** Everything that was converted and kept, by any version. */
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
