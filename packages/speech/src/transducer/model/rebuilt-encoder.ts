import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { rebuildEncoder } from "@parley/nemo-onnx/rebuild/rebuild-encoder";
import { readEncoderInterface, type EncoderInterface } from "./encoder-interface";
import { Mismatches } from "./mismatches";
import type { StreamingSizes } from "./streaming-sizes";

/** An encoder's graph with our own nodes around its weights. */
export type RebuiltEncoder = { bytes: Uint8Array; graph: EncoderInterface };

/**
 * Puts a graph that computes the same faster in the place of NeMo's export, where it is known to be
 * one and nothing else.
 *
 * @param bytes the exported file's
 * @param file for messages
 * @returns null for a graph that is better left as it is
 */
export async function rebuiltEncoder(
  bytes: Uint8Array,
  { language }: EncoderInterface,
  { file, mels, sizes }: { file: string; mels: number; sizes: StreamingSizes },
): Promise<RebuiltEncoder | null> {
  // What a prompt does to the frames is not in the weights that are looked for.
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
