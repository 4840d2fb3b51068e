import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { ConversionProgress } from "@parley/nemo-onnx/convert/conversion-options";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { conversionDirectory } from "./conversions";
import { convertCheckpoint } from "./convert-checkpoint";
import { fileDigest } from "./file-digest";
import { defaultPrecision } from "./read-precision";

export type ConvertedModelOptions = {
  /** Parley's cache folder. */
  cache: string;
  /** fp32 unless given. */
  precision?: Precision;
  signal: AbortSignal;
  onProgress?: ((progress: ConversionProgress) => void) | undefined;
};

/**
 * The folder of ONNX files that a `.nemo` checkpoint converts to. A conversion is kept under the
 * checkpoint's digest, the converter's version and the precision, so the same file is converted
 * once; the folder appears once it is complete, also with concurrent processes.
 *
 * @throws AppError `model-mismatch` when the checkpoint cannot be converted; the signal's reason
 */
export async function convertedModel(
  file: string,
  { cache, precision = defaultPrecision, signal, onProgress }: ConvertedModelOptions,
): Promise<string> {
  const sha256 = await fileDigest(file, signal);
  const directory = conversionDirectory(cache, sha256, precision);
  if (existsSync(directory)) return directory;
  await mkdir(dirname(directory), { recursive: true });
  try {
    await convertCheckpoint({ file, directory, precision, sha256, signal, onProgress });
  } catch (error) {
    signal.throwIfAborted();
    // Another process may have finished the same conversion.
    if (!existsSync(directory)) throw error;
  }
  return directory;
}
