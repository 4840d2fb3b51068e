/** Sizes of a Magpie model, named as in its configuration's sense; the rest follows from them. */
export type MagpieSizes = {
  textTokens: number;
  width: number;
  heads: number;
  encoderLayers: number;
  decoderLayers: number;
  /** Of the one head of each cross-attention. */
  crossWidth: number;
  /** Of texts, and of voice and speech together. */
  positions: number;
  voices: number;
  contextFrames: number;
  codebooks: number;
  /** Of a codebook, without special ids. */
  codes: number;
  frameStacking: number;
  localTransformer: { layers: number; heads: number; width: number };
};

const released = {
  width: 768,
  heads: 12,
  encoderLayers: 6,
  decoderLayers: 12,
  crossWidth: 128,
  positions: 2_048,
  voices: 5,
  codebooks: 8,
  codes: 2_016,
};

/** magpie_tts_multilingual_357m of March 2026. */
export const magpie2602: MagpieSizes = {
  ...released,
  textTokens: 2_362,
  contextFrames: 110,
  frameStacking: 1,
  localTransformer: { layers: 1, heads: 1, width: 256 },
};

/** magpie_tts_multilingual_357m of July 2026. */
export const magpie2607: MagpieSizes = {
  ...released,
  textTokens: 3_359,
  contextFrames: 217,
  frameStacking: 2,
  localTransformer: { layers: 2, heads: 12, width: 768 },
};

/** The same layout in small: to see whether the bench runs, not to measure anything. */
export function tiny(sizes: MagpieSizes): MagpieSizes {
  const { layers, heads, width } = sizes.localTransformer;
  const isWide = width === sizes.width;
  return {
    ...sizes,
    textTokens: 300,
    width: 64,
    heads: 4,
    encoderLayers: 2,
    decoderLayers: 3,
    crossWidth: 32,
    positions: 256,
    contextFrames: 11,
    localTransformer: { layers, heads: isWide ? 4 : heads, width: isWide ? 64 : 32 },
  };
}

/** Special ids behind the codes of every codebook. */
const specialTokens = 8;

export function tokensOf({ codes }: MagpieSizes): number {
  return codes + specialTokens;
}

/** Tokens that one decoder step makes. */
export function slotsOf({ codebooks, frameStacking }: MagpieSizes): number {
  return codebooks * frameStacking;
}
