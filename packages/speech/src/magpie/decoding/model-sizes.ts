import type { MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";

/** Codes of one decoder step: all codebooks of all stacked frames, frame by frame. */
export function slotsOf({ codebooks, frameStacking }: MagpieManifest): number {
  return codebooks * frameStacking;
}

/** Codes and the eight special tokens behind them. */
export function tokensOf({ codes }: MagpieManifest): number {
  return codes + 8;
}

/** What the decoder is fed before the first codes. */
export function beginIdOf({ codes }: MagpieManifest): number {
  return codes;
}

export function endIdOf({ codes }: MagpieManifest): number {
  return codes + 1;
}
