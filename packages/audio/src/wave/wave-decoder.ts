import { AppError } from "@parley/shared/errors";
import { frameBytesOf, readWaveFormat, type WaveFormat } from "./wave-format";
import { mixDown } from "./wave-samples";

/** `fmt ` takes 16, 18 or 40 bytes; more is no sound file's. */
const longestFormatBytes = 1_024;
/**
 * A writer that streams cannot know the size of the sound and fills in the largest number it can
 * think of, less the header: such a size means "until the end of the file"; so does 0.
 */
const openSize = 0x7f_ff_00_00;

/** Reads a WAVE file that arrives piece by piece, and mixes it down to one channel. */
export class WaveDecoder {
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

  /** Seconds of sound that the header promises; null before it is read, or when it leaves it open. */
  get promisedSeconds(): number | null {
    if (this.#format === null || this.#soundLeft === null) return null;
    if (this.#soundLeft === Infinity) return null;
    const bytes = this.#soundBytes + this.#soundLeft;
    return Math.floor(bytes / frameBytesOf(this.#format)) / this.#format.sampleRate;
  }

  /**
   * @returns the samples that became whole
   * @throws AppError `audio-unsupported` when this is no such file
   */
  push(bytes: Uint8Array): Int16Array {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#soundLeft === null) if (!this.#readHeader()) return new Int16Array(0);
    if (this.#format === null) return new Int16Array(0);
    const frameBytes = frameBytesOf(this.#format);
    const soundBytes = Math.min(this.#pending.length, this.#soundLeft);
    const wholeBytes = soundBytes - (soundBytes % frameBytes);
    const sound = this.#take(wholeBytes);
    this.#soundLeft -= wholeBytes;
    this.#soundBytes += wholeBytes;
    // What follows the sound is of no interest.
    if (this.#soundLeft < frameBytes) this.#pending = new Uint8Array(0);
    return mixDown(sound, this.#format);
  }

  /** @throws AppError `audio-unsupported` when the file ended too soon */
  end(): void {
    if (this.#soundLeft === null || this.#format === null) {
      throw unsupported("it ends before its sound begins, without data");
    }
    const frameBytes = frameBytesOf(this.#format);
    if (this.#soundLeft === Infinity || this.#soundLeft < frameBytes) return;
    const promised = this.#soundBytes + this.#soundLeft;
    throw unsupported(`it ends after ${this.#soundBytes} of ${promised} bytes of sound`);
  }

  /** @returns false when it needs more bytes */
  #readHeader(): boolean {
    if (!this.#isRiff) return this.#readRiff();
    this.#skip -= this.#take(Math.min(this.#skip, this.#pending.length)).length;
    if (this.#pending.length < 8) return false;
    const tag = tagAt(this.#pending, 0);
    const size = uint32At(this.#pending, 4);
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
    if (!isWave(this.#pending)) throw unsupported("it does not begin with RIFF and WAVE");
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

/** Enough of a file for `isReadableWave`: RIFF, WAVE and the longest usual format. */
export const sniffedBytes = 60;

/**
 * Tells by the head of a file whether `WaveDecoder` is for it. It is not for WAVE files with a
 * coding of their own, such as ADPCM; what it cannot tell from the head it gives a try.
 *
 * @throws AppError `audio-unsupported` when the format's numbers are no sound's
 */
export function isReadableWave(head: Uint8Array): boolean {
  if (!isWave(head)) return false;
  if (head.length < sniffedBytes || tagAt(head, 12) !== "fmt ") return true;
  const size = Math.min(uint32At(head, 16), 40);
  return size < 16 || readWaveFormat(head.subarray(20, 20 + size)) !== null;
}

function isWave(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && tagAt(bytes, 0) === "RIFF" && tagAt(bytes, 8) === "WAVE";
}

function readFormat(bytes: Uint8Array): WaveFormat {
  const format = readWaveFormat(bytes);
  if (format === null) throw unsupported("its samples are neither PCM nor floats");
  return format;
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function uint32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

function unsupported(what: string): AppError {
  return new AppError("audio-unsupported", `WAVE file: ${what}`);
}
