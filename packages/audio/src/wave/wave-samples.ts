import { decodeAdpcm } from "./adpcm";
import { aLaw, muLaw } from "./g711";
import {
  frameBytesOf,
  type PlainFormat,
  type SampleCoding,
  type WaveFormat,
  waveCodings,
} from "./wave-format";

const highest = 32_767;
const lowest = -32_768;

/**
 * Mixes whole frames, or blocks, down to one channel of 16-bit samples. Floats outside -1 to 1 are
 * clipped; NaN is silence.
 */
export function mixDown(sound: Uint8Array, format: WaveFormat): Int16Array {
  if (!("blockBytes" in format)) return mixPlain(sound, format);
  const samples = decodeAdpcm(sound, format);
  if (format.channels === 1) return samples;
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return mixPlain(bytes, { ...format, coding: "pcm16" });
}

function mixPlain(sound: Uint8Array, format: PlainFormat): Int16Array {
  const { channels, coding } = format;
  if (channels === 1 && coding === "pcm16") return asSamples(sound);
  const view = new DataView(sound.buffer, sound.byteOffset, sound.byteLength);
  const step = waveCodings[coding].bits / 8;
  const mono = new Int16Array(sound.length / frameBytesOf(format));
  let at = 0;
  for (let index = 0; index < mono.length; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += sampleAt(view, at, coding);
      at += step;
    }
    mono[index] = clip(sum / channels);
  }
  return mono;
}

/** Copies mono 16-bit samples, which need no mixing but may lie at an odd offset. */
function asSamples(sound: Uint8Array): Int16Array {
  const samples = new Int16Array(sound.length / 2);
  new Uint8Array(samples.buffer).set(sound);
  return samples;
}

/** One sample on the scale of 16 bits, with a fraction. */
function sampleAt(view: DataView, at: number, coding: SampleCoding): number {
  switch (coding) {
    case "pcm8":
      return (view.getUint8(at) - 128) * 256;
    case "pcm16":
      return view.getInt16(at, true);
    case "pcm24":
      return view.getInt16(at + 1, true) + view.getUint8(at) / 256;
    case "pcm32":
      return view.getInt32(at, true) / 65_536;
    case "float32":
      return fromFloat(view.getFloat32(at, true));
    case "float64":
      return fromFloat(view.getFloat64(at, true));
    case "a-law":
      return aLaw[view.getUint8(at)] ?? 0;
    case "mu-law":
      return muLaw[view.getUint8(at)] ?? 0;
  }
}

/** Clips before mixing: an infinite sample of one channel would drown the others. */
function fromFloat(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(lowest, Math.min(highest, value * -lowest));
}

function clip(value: number): number {
  return Math.max(lowest, Math.min(highest, Math.round(value)));
}
