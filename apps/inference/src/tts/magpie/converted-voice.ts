import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertCodec } from "@parley/nemo-onnx/convert/convert-codec";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import type { ConversionProgress } from "@parley/nemo-onnx/convert/convert-transducer";
import { magpieConversionVersion } from "@parley/nemo-onnx/convert/magpie-manifest";
import { ModelError } from "@parley/nemo-onnx/errors";
import { AppError, errorMessage } from "@parley/shared/errors";
import { fileDigest } from "../../models/file-digest";

export type ConvertedVoiceOptions = {
  /** Conversions are kept below it. */
  cache: string;
  signal: AbortSignal;
  onProgress?: ((progress: ConversionProgress) => void) | undefined;
};

/** What a `.nemo` file of a voice may be. */
export type VoicePart = "magpie" | "codec";

const converters = { magpie: convertMagpie, codec: convertCodec };

/**
 * The folder of ONNX files that a checkpoint of a Magpie model or its codec converts to. As with
 * recognition models, a conversion is kept under the checkpoint's digest and the converter's
 * version, and appears when it is whole.
 *
 * @throws AppError `model-mismatch` when the checkpoint cannot be converted; the signal's reason
 */
export async function convertedVoice(
  part: VoicePart,
  file: string,
  { cache, signal, onProgress }: ConvertedVoiceOptions,
): Promise<string> {
  const sha256 = await fileDigest(file, signal);
  const conversions = join(cache, "converted");
  const name = `${sha256.slice(0, 32)}-${part}-v${magpieConversionVersion}-fp32`;
  const directory = join(conversions, name);
  if (existsSync(directory)) return directory;
  await mkdir(conversions, { recursive: true });
  try {
    const checkpoint = await openCheckpoint(file);
    try {
      const precision = "fp32";
      const progress = onProgress === undefined ? {} : { onProgress };
      await converters[part]({ checkpoint, directory, precision, sha256, signal, ...progress });
    } finally {
      await checkpoint.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    // Another process may have been faster.
    if (existsSync(directory)) return directory;
    if (!(error instanceof ModelError)) throw error;
    throw new AppError("model-mismatch", errorMessage(error), { cause: error });
  }
  return directory;
}
