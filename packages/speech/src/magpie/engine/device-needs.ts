import { join } from "node:path";
import type {
  CodecManifest,
  MagpieInference,
  MagpieManifest,
} from "@parley/nemo-onnx/convert/magpie-manifest";
import { sizeOnDisk } from "../../runtime/size-on-disk";
import { readCodecManifest } from "../codec/nano-codec";
import { stepLimit } from "../decoding/chunk-decoding";
import { readMagpieManifest } from "../decoding/magpie-model";

/** Bytes that a part of Magpie takes of a device. Runs need memory for themselves besides. */
export type DeviceNeeds = {
  /** Weights, and states that all voices share. */
  fixed: number;
  /** States of each voice at its longest. */
  perVoice: number;
};

const bytesPerValue = 4;
/** A reply's row with the text, and the one without it (classifier-free guidance). */
const rowsOfVoice = 2;
/** A step returns states in whole while those that it was given are still there. */
const generations = 2;

/** What text encoder, decoder and sampler take. @throws AppError `model-mismatch` */
export async function magpieNeeds(
  directory: string,
  inference: Partial<MagpieInference> = {},
): Promise<DeviceNeeds> {
  const manifest = await readMagpieManifest(join(directory, "parley.json"));
  const files = ["text_encoder.onnx", "decoder.onnx", "local_sampler.onnx"];
  const weights = await Promise.all(files.map((file) => sizeOnDisk(join(directory, file))));
  const { fixed, perVoice } = stateNeeds(manifest, { ...manifest.inference, ...inference });
  return { fixed: weights.reduce((sum, size) => sum + size, fixed), perVoice };
}

/** What a codec takes. @throws AppError `model-mismatch` */
export async function codecNeeds(directory: string): Promise<DeviceNeeds> {
  const manifest = await readCodecManifest(join(directory, "parley.json"));
  const fixed = await sizeOnDisk(join(directory, "codec.onnx"));
  return { fixed, perVoice: generations * codecStateBytes(manifest) };
}

/** Keys and values of self-attention and of the text, which are float32 in every precision. */
export function stateNeeds(manifest: MagpieManifest, inference: MagpieInference): DeviceNeeds {
  const { layers, width, crossWidth, contextFrames, maxTextPositions } = manifest;
  const keysAndValues = 2 * layers * bytesPerValue;
  const position = keysAndValues * width;
  const positions = contextFrames + stepLimit({ manifest, inference });
  const text = keysAndValues * crossWidth * maxTextPositions;
  return {
    // The row without text that replies begin with, and the one of a reply that joins.
    fixed: 2 * position * (contextFrames + 1),
    perVoice: rowsOfVoice * (generations * position * positions + text),
  };
}

/** One stream's states. */
export function codecStateBytes({ states }: Pick<CodecManifest, "states">): number {
  const values = states.reduce((sum, [one, two, three]) => sum + one * two * three, 0);
  return bytesPerValue * values;
}

/** Voices at once that find room in `memoryBytes`; none where the weights alone do not. */
export function voicesWithin(memoryBytes: number, parts: readonly DeviceNeeds[]): number {
  const { fixed, perVoice } = sumOf(parts);
  return Math.max(0, Math.floor((memoryBytes - fixed) / perVoice));
}

/** Bytes with so many voices at once. */
export function bytesWith(voices: number, parts: readonly DeviceNeeds[]): number {
  const { fixed, perVoice } = sumOf(parts);
  return fixed + voices * perVoice;
}

function sumOf(parts: readonly DeviceNeeds[]): DeviceNeeds {
  return parts.reduce(
    (sum, part) => ({ fixed: sum.fixed + part.fixed, perVoice: sum.perVoice + part.perVoice }),
    { fixed: 0, perVoice: 0 },
  );
}
