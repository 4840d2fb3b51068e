import { speechRate } from "@parley/shared/audio/speech-rate";
import { type SampleCoding, waveCodings } from "../wave/wave-format";
import { waveHead } from "../wave/write-wave";

export type WaveBytesOptions = {
  coding: Exclude<SampleCoding, "a-law" | "mu-law">;
  /** -1 to 1, for each channel. Without samples the file's size is left open. */
  channels: readonly (readonly number[])[];
  /** 16 kHz unless given. */
  sampleRate?: number;
  /** Writes the coding as WAVE_FORMAT_EXTENSIBLE does. */
  isExtensible?: boolean;
};

/** Bytes between the end of a plain `fmt ` chunk's body and that of an extensible one. */
const extensionBytes = 24;
const plainFormatEnd = 36;

/** A WAVE file of any coding and number of channels. */
export function waveBytes(options: WaveBytesOptions): Uint8Array {
  const { coding, channels, sampleRate = speechRate, isExtensible = false } = options;
  const step = waveCodings[coding].bits / 8;
  const frames = channels[0]?.length ?? 0;
  const sound = Buffer.alloc(frames * channels.length * step);
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      write(sound, at, coding, channel[frame] ?? 0);
      at += step;
    }
  }
  const head = waveHead({ sampleRate, channels: channels.length, coding }, sound.length);
  return Buffer.concat([isExtensible ? extensible(head) : head, sound]);
}

/** The same head with its format as WAVE_FORMAT_EXTENSIBLE: the tag moves into a GUID at its end. */
function extensible(head: Uint8Array): Uint8Array {
  const wide = Buffer.concat([
    head.subarray(0, plainFormatEnd),
    Buffer.alloc(extensionBytes),
    head.subarray(plainFormatEnd),
  ]);
  wide.writeUInt32LE(wide.readUInt32LE(4) + extensionBytes, 4);
  wide.writeUInt32LE(16 + extensionBytes, 16);
  wide.writeUInt16LE(wide.readUInt16LE(20), 44);
  wide.writeUInt16LE(0xff_fe, 20);
  return wide;
}

function write(bytes: Buffer, at: number, coding: WaveBytesOptions["coding"], value: number): void {
  const scaled = (bits: number) => Math.min(2 ** (bits - 1) - 1, value * 2 ** (bits - 1));
  switch (coding) {
    case "pcm8":
      bytes.writeUInt8(scaled(8) + 128, at);
      break;
    case "pcm16":
      bytes.writeInt16LE(scaled(16), at);
      break;
    case "pcm24":
      bytes.writeIntLE(scaled(24), at, 3);
      break;
    case "pcm32":
      bytes.writeInt32LE(scaled(32), at);
      break;
    case "float32":
      bytes.writeFloatLE(value, at);
      break;
    case "float64":
      bytes.writeDoubleLE(value, at);
      break;
  }
}
