import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { rebuildEncoder } from "@parley/nemo-onnx/rebuild/rebuild-encoder";
import { readEncoderInterface, type EncoderInterface } from "./encoder-interface";
import { Mismatches } from "./mismatches";
import type { StreamingSizes } from "./streaming-sizes";

/** Encoder graph with our own nodes around an export's weights. */
export type RebuiltEncoder = { bytes: Uint8Array; graph: EncoderInterface };

/**
 * Rebuilds NeMo's export into a graph that computes the same faster, where it is known to be
 * exactly such an export.
 *
 * @param bytes contents of the exported file
 * @param file name for messages
 * @returns null for a graph that has to stay as it is
 */
export async function rebuiltEncoder(
  bytes: Uint8Array,
  { language }: EncoderInterface,
  { file, mels, sizes }: { file: string; mels: number; sizes: StreamingSizes },
): Promise<RebuiltEncoder | null> {
  // A prompt changes the frames with weights that the rebuild does not know.
  if (language !== null) return null;
  const { leftContext } = sizes.shape;
  const rebuilt = await rebuildEncoder(decodeModel(bytes, file), {
    mels,
    attention: { type: "chunked", leftContext, rightContexts: sizes.rightContexts },
  });
  if (rebuilt === null) return null;
  const { metadata, graph: outline } = rebuilt;
  const mismatches = new Mismatches();
  const graph = readEncoderInterface(
    { ...outline, file, metadata, constants: [], hasExternalData: false },
    mismatches,
  );
  mismatches.throwIfAny();
  return graph === null ? null : { bytes: encodeModel(rebuilt), graph };
}
