import { adpcmBlockFrames, type AdpcmFormat } from "./adpcm-format";
import { decodeImaBlock } from "./ima-adpcm";
import { decodeMicrosoftBlock } from "./microsoft-adpcm";

/**
 * Decodes whole blocks of ADPCM, and a last one that was cut short as far as it goes.
 *
 * @returns the channels' samples by turns
 */
export function decodeAdpcm(sound: Uint8Array, format: AdpcmFormat): Int16Array {
  const decodeBlock = format.coding === "adpcm-ima" ? decodeImaBlock : decodeMicrosoftBlock;
  const { blockBytes, channels } = format;
  const most = Math.ceil(sound.length / blockBytes) * adpcmBlockFrames(format) * channels;
  const samples = new Int16Array(most);
  let length = 0;
  for (let at = 0; at < sound.length; at += blockBytes) {
    const block = sound.subarray(at, at + blockBytes);
    length += decodeBlock(block, format, samples.subarray(length));
  }
  return samples.subarray(0, length);
}
