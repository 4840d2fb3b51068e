import type { Checkpoint } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertCodec } from "@parley/nemo-onnx/convert/convert-codec";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import type { ConversionProgress } from "@parley/nemo-onnx/convert/conversion-options";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { ModelError } from "@parley/nemo-onnx/errors";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { AppError, errorMessage } from "@parley/shared/errors";
import { writeChecksums } from "./write-checksums";

export type CheckpointConversion = {
  /** A `.nemo` file. */
  file: string;
  /** Output folder: absent or empty; it appears once the model is complete. */
  directory: string;
  precision: Precision;
  /** The file's digest in lower-case hexadecimal. */
  sha256: string;
  signal: AbortSignal;
  onProgress?: ((progress: ConversionProgress) => void) | undefined;
};

/**
 * Converts a checkpoint of any supported kind: a transducer, Magpie, or its codec. `SHA256SUMS` is
 * written last, for `parley models verify`.
 *
 * @throws AppError `model-mismatch` when it cannot be converted; the signal's reason
 */
export async function convertCheckpoint(conversion: CheckpointConversion): Promise<void> {
  const { file, signal } = conversion;
  try {
    const checkpoint = await openCheckpoint(file);
    try {
      await convert(checkpoint, conversion);
      await writeChecksums(conversion.directory, signal);
    } finally {
      await checkpoint.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    const reason = errorMessage(error);
    const message = reason.includes(file) ? reason : `${file}: ${reason}`;
    throw new AppError("model-mismatch", message, { cause: error });
  }
}

async function convert(checkpoint: Checkpoint, conversion: CheckpointConversion): Promise<void> {
  const { precision, onProgress, directory, sha256, signal } = conversion;
  const options = {
    checkpoint,
    directory,
    sha256,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  switch (kindOf(checkpoint)) {
    case "transducer":
      await convertTransducer({ ...options, precision });
      break;
    case "magpie":
      await convertMagpie({ ...options, precision });
      break;
    case "codec":
      // A codec has one precision; see convertCodec.
      await convertCodec(options);
      break;
  }
}

/** Kind of a checkpoint, by weights that no other kind has. */
function kindOf({ tensors }: Checkpoint): "transducer" | "magpie" | "codec" {
  const names = [...tensors.keys()];
  if (names.some((name) => name.startsWith("baked_context_embedding"))) return "magpie";
  return names.some((name) => name.startsWith("audio_decoder.")) ? "codec" : "transducer";
}
