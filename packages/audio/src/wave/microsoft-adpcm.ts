import type { AdpcmFormat } from "./adpcm-format";

/**
 * Tables of "Multimedia Data Standards Update" (Microsoft, 1994), in which WAVE_FORMAT_ADPCM is
 * described: how a code changes the step, and the pairs of coefficients that every file has.
 */
const adaptation = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];
const usualCoefficients: readonly (readonly [number, number])[] = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
];
const smallestStep = 16;
/** A broken file could double the step with every code; no sample needs one larger than this. */
const largestStep = 2 ** 24;
const headBytes = 7;

type Channel = { first: number; second: number; step: number; recent: number; former: number };

/**
 * Decodes a block of WAVE_FORMAT_ADPCM: for each channel a predictor, a step and two samples, then
 * codes of the channels by turns, the high half of a byte first.
 *
 * @param samples receives the channels' samples by turns
 * @returns how many were written; a block that was cut short gives what it has
 */
export function decodeMicrosoftBlock(
  block: Uint8Array,
  { channels: count }: AdpcmFormat,
  samples: Int16Array,
): number {
  const heads = headBytes * count;
  if (block.length < heads) return 0;
  const channels = readHeads(block, count);
  let to = 0;
  for (const { former } of channels) samples[to++] = former;
  for (const { recent } of channels) samples[to++] = recent;
  const codes = Math.floor(((block.length - heads) * 2) / count) * count;
  for (let index = 0; index < codes; index++) {
    const byte = block[heads + (index >> 1)] ?? 0;
    const channel = channels[index % count];
    if (channel === undefined) break;
    samples[to++] = decodeCode(channel, (index & 1) === 0 ? byte >> 4 : byte & 15);
  }
  return to;
}

function readHeads(block: Uint8Array, count: number): Channel[] {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const word = (field: number, channel: number) =>
    view.getInt16(count + (field * count + channel) * 2, true);
  return Array.from({ length: count }, (_, channel) => {
    // An index that the tables lack predicts nothing, as the third pair does.
    const [first, second] = usualCoefficients[view.getUint8(channel)] ?? [0, 0];
    const step = Math.max(smallestStep, word(0, channel));
    return { first, second, step, recent: word(1, channel), former: word(2, channel) };
  });
}

function decodeCode(channel: Channel, code: number): number {
  const { first, second, recent, former, step } = channel;
  const predicted = (recent * first + former * second) >> 8;
  const signed = code < 8 ? code : code - 16;
  const sample = Math.max(-32_768, Math.min(32_767, predicted + signed * step));
  channel.former = recent;
  channel.recent = sample;
  const adapted = Math.floor((step * (adaptation[code] ?? 0)) / 256);
  channel.step = Math.min(largestStep, Math.max(smallestStep, adapted));
  return sample;
}
