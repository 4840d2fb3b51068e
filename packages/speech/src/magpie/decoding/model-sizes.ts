import type { MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";

/** Number of codes of one decoder step: all codebooks of all stacked frames, frame by frame. */
export function slotsOf({ codebooks, frameStacking }: MagpieManifest): number {
  return codebooks * frameStacking;
}

/** Number of codes and of the eight special tokens after them. */
export function tokensOf({ codes }: MagpieManifest): number {
  return codes + 8;
}

/** Token of every slot in the input of the first step. */
export function beginIdOf({ codes }: MagpieManifest): number {
  return codes;
}

export function endIdOf({ codes }: MagpieManifest): number {
  return codes + 1;
}
