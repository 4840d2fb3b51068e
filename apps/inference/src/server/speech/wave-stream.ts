import { AppError } from "@parley/shared/errors";

export type WaveFormat = { sampleRate: number; channels: number };

const lowestRate = 8_000;
const highestRate = 48_000;
/** `fmt ` takes 16, 18 or 40 bytes; more is no sound file's. */
const longestFormatBytes = 1_024;
/**
 * A writer that streams cannot know the size of the sound and fills in the largest number it can
 * think of. No upload is this large, so such a size means "until the end of the file"; so does 0.
 */
const openSize = 1_000_000_000;

/** Reads a PCM16 WAVE file that arrives piece by piece, and mixes it down to one channel. */
export class WaveStream {
  #pending: Uint8Array = new Uint8Array(0);
  #isRiff = false;
  #format: WaveFormat | null = null;
  #skip = 0;
  /** Null before the sound begins; infinite when the header leaves its size open. */
  #soundLeft: number | null = null;
  #soundBytes = 0;

  /** Null until it is read; it is there before the first sample. */
  get format(): WaveFormat | null {
    return this.#format;
  }

  /**
   * @returns the samples that became whole
   * @throws AppError `audio-unsupported` when this is no such file
   */
  push(bytes: Uint8Array): Int16Array {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#soundLeft === null) if (!this.#readHeader()) return new Int16Array(0);
    const frameBytes = 2 * (this.#format?.channels ?? 1);
    const soundBytes = Math.min(this.#pending.length, this.#soundLeft);
    const wholeBytes = soundBytes - (soundBytes % frameBytes);
    const sound = this.#take(wholeBytes);
    this.#soundLeft -= wholeBytes;
    this.#soundBytes += wholeBytes;
    // What follows the sound is of no interest.
    if (this.#soundLeft < frameBytes) this.#pending = new Uint8Array(0);
    return mixDown(sound, frameBytes / 2);
  }

  /** @throws AppError `audio-unsupported` when the file ended too soon */
  end(): void {
    if (this.#soundLeft === null) throw unsupported("the file ends before its sound begins");
    if (this.#soundLeft === Infinity || this.#soundLeft < 4) return;
    const promised = this.#soundBytes + this.#soundLeft;
    throw unsupported(`the file ends after ${this.#soundBytes} of ${promised} bytes of sound`);
  }

  /** @returns false when it needs more bytes */
  #readHeader(): boolean {
    if (!this.#isRiff) return this.#readRiff();
    this.#skip -= this.#take(Math.min(this.#skip, this.#pending.length)).length;
    if (this.#pending.length < 8) return false;
    const view = viewOf(this.#pending);
    const tag = tagAt(this.#pending, 0);
    const size = view.getUint32(4, true);
    if (tag === "data") {
      if (this.#format === null) throw unsupported("its sound comes before its format");
      this.#soundLeft = size === 0 || size >= openSize ? Infinity : size;
    } else if (tag === "fmt ") {
      if (size < 16 || size > longestFormatBytes) throw unsupported(`a format of ${size} bytes`);
      if (this.#pending.length < 8 + size) return false;
      this.#format = readFormat(this.#pending.subarray(8, 8 + size));
      this.#skip = size + (size & 1);
    } else {
      this.#skip = size + (size & 1);
    }
    this.#take(8);
    return true;
  }

  #readRiff(): boolean {
    if (this.#pending.length < 12) return false;
    const riff = tagAt(this.#pending, 0);
    const wave = tagAt(this.#pending, 8);
    if (riff !== "RIFF" || wave !== "WAVE") {
      const found = JSON.stringify(`${riff}…${wave}`);
      throw unsupported(`the file begins with ${found} instead of "RIFF…WAVE"`);
    }
    this.#take(12);
    this.#isRiff = true;
    return true;
  }

  #take(length: number): Uint8Array {
    const taken = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return taken;
  }
}

function readFormat(bytes: Uint8Array): WaveFormat {
  const view = viewOf(bytes);
  const tag = view.getUint16(0, true);
  // WAVE_FORMAT_EXTENSIBLE keeps the real tag at the head of a GUID.
  const encoding = tag === 0xff_fe && bytes.length >= 26 ? view.getUint16(24, true) : tag;
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const bits = view.getUint16(14, true);
  if (encoding !== 1 || bits !== 16) {
    throw unsupported(`encoding ${encoding} of ${bits} bits; wanted is 1 (PCM) of 16 bits`);
  }
  if (channels !== 1 && channels !== 2) {
    throw unsupported(`${channels} channels; wanted are 1 or 2`);
  }
  if (sampleRate < lowestRate || sampleRate > highestRate) {
    throw unsupported(`a rate of ${sampleRate} Hz; wanted are ${lowestRate} to ${highestRate}`);
  }
  return { sampleRate, channels };
}

function mixDown(sound: Uint8Array, channels: number): Int16Array {
  const view = viewOf(sound);
  const mono = new Int16Array(sound.length / (2 * channels));
  for (let index = 0; index < mono.length; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += view.getInt16(2 * (index * channels + channel), true);
    }
    mono[index] = Math.round(sum / channels);
  }
  return mono;
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unsupported(what: string): AppError {
  return new AppError("audio-unsupported", `file: ${what}`);
}
