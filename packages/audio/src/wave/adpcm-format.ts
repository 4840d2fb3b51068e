/** Codings in which samples are differences to those before, in blocks that begin anew. */
export type AdpcmFormat = {
  /** Hz. */
  sampleRate: number;
  channels: number;
  coding: "adpcm-ima" | "adpcm-ms";
  /** Bytes of a block of all channels. */
  blockBytes: number;
};

/** Bytes of each channel at the head of a block, and the samples that they hold by themselves. */
export const adpcmHeads = {
  "adpcm-ima": { bytes: 4, samples: 1 },
  "adpcm-ms": { bytes: 7, samples: 2 },
} as const;

/** Samples of each channel in a whole block. */
export function adpcmBlockFrames({ blockBytes, channels, coding }: AdpcmFormat): number {
  const head = adpcmHeads[coding];
  return head.samples + Math.floor(((blockBytes - head.bytes * channels) * 2) / channels);
}
