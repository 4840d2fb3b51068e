import type { AdpcmFormat } from "./adpcm-format";

/**
 * Step sizes and index changes of the IMA's "Recommended Practices for Enhancing Digital Audio
 * Compatibility in Multimedia Systems", revision 3.00 (1992), tables 1 and 2.
 */
const steps = Int16Array.of(
  ...[7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60],
  ...[66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371],
  ...[408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1_060, 1_166, 1_282, 1_411, 1_552, 1_707],
  ...[1_878, 2_066, 2_272, 2_499, 2_749, 3_024, 3_327, 3_660, 4_026, 4_428, 4_871, 5_358, 5_894],
  ...[6_484, 7_132, 7_845, 8_630, 9_493, 10_442, 11_487, 12_635, 13_899, 15_289, 16_818, 18_500],
  ...[20_350, 22_385, 24_623, 27_086, 29_794, 32_767],
);
const indexChanges = [-1, -1, -1, -1, 2, 4, 6, 8] as const;
const lastStep = steps.length - 1;

/** A group of a channel's codes: 4 bytes, 8 samples; the channels' groups come by turns. */
const groupBytes = 4;
const headBytes = 4;

/**
 * Decodes a block of WAVE_FORMAT_DVI_ADPCM: for each channel its first sample, the step's index and
 * a zero, then groups of codes, the low half of a byte first.
 *
 * @param samples receives the channels' samples by turns
 * @returns how many were written; a block that was cut short gives its whole groups
 */
export function decodeImaBlock(
  block: Uint8Array,
  { channels }: AdpcmFormat,
  samples: Int16Array,
): number {
  const heads = headBytes * channels;
  if (block.length < heads) return 0;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const groups = Math.floor((block.length - heads) / (groupBytes * channels));
  for (let channel = 0; channel < channels; channel++) {
    let sample = view.getInt16(channel * headBytes, true);
    let index = Math.min(view.getUint8(channel * headBytes + 2), lastStep);
    let to = channel;
    samples[to] = sample;
    for (let group = 0; group < groups; group++) {
      const at = heads + (group * channels + channel) * groupBytes;
      for (let half = 0; half < groupBytes * 2; half++) {
        const code = (view.getUint8(at + (half >> 1)) >> ((half & 1) * 4)) & 15;
        const step = steps[index] ?? 0;
        // The standard's sum of shifts, which rounds otherwise than a product would.
        let change = step >> 3;
        if ((code & 1) !== 0) change += step >> 2;
        if ((code & 2) !== 0) change += step >> 1;
        if ((code & 4) !== 0) change += step;
        sample += (code & 8) === 0 ? change : -change;
        sample = Math.max(-32_768, Math.min(32_767, sample));
        index += indexChanges[code & 7] ?? 0;
        index = Math.max(0, Math.min(lastStep, index));
        to += channels;
        samples[to] = sample;
      }
    }
  }
  return (1 + groups * groupBytes * 2) * channels;
}
