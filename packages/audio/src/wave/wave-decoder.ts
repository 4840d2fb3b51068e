import { AppError } from "@parley/shared/errors";
import { blockOf, readWaveFormat, type WaveFormat } from "./wave-format";
import { mixDown } from "./wave-samples";

/** Limit on a `fmt ` chunk, which takes 16, 18 or 40 bytes. */
const longestFormatBytes = 1_024;
/**
 * Sizes from here on mean "to the end of the file", as 0 does: a writer that streams does not know
 * the size, and writes one near the largest.
 */
const openSize = 0x7f_ff_00_00;

/** Size in the head of a file of over 4 GB, whose `ds64` chunk has the true one (EBU Tech 3306). */
const sizeElsewhere = 0xff_ff_ff_ff;
const largeSizesBytes = 16;
const wholeTags: ReadonlySet<string> = new Set(["RIFF", "RF64", "BW64"]);

/** Enough of a file for `isReadableWave`: RIFF, WAVE and the longest usual format. */
export const sniffedBytes = 60;

/** Decodes a WAVE file that arrives piece by piece, mixed down to one channel. */
export class WaveDecoder {
  #pending: Uint8Array = new Uint8Array(0);
  #isRiff = false;
  #format: WaveFormat | null = null;
  #skip = 0;
  /** Bytes of sound still to come; null before the sound, infinite if the header leaves it open. */
  #soundLeft: number | null = null;
  #soundBytes = 0;
  /** Size of the sound by a `ds64` chunk. */
  #largeSize = 0;

  /** The format, known before the first sample; null until then. */
  get format(): WaveFormat | null {
    return this.#format;
  }

  /** Seconds of sound by the header; null before the header, or if it leaves the size open. */
  get promisedSeconds(): number | null {
    if (this.#format === null || this.#soundLeft === null) return null;
    if (this.#soundLeft === Infinity) return null;
    const block = blockOf(this.#format);
    const blocks = Math.floor((this.#soundBytes + this.#soundLeft) / block.bytes);
    return (blocks * block.frames) / this.#format.sampleRate;
  }

  /**
   * @returns the samples that are now complete
   * @throws AppError `audio-unsupported` for other files
   */
  push(bytes: Uint8Array): Int16Array {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#soundLeft === null) if (!this.#readHeader()) return new Int16Array(0);
    if (this.#format === null) return new Int16Array(0);
    const soundBytes = Math.min(this.#pending.length, this.#soundLeft);
    const sound = this.#take(soundBytes - (soundBytes % blockOf(this.#format).bytes));
    this.#soundLeft -= sound.length;
    this.#soundBytes += sound.length;
    // Chunks after the sound are ignored; a last block may be short.
    if (this.#pending.length > this.#soundLeft) {
      this.#pending = this.#pending.subarray(0, this.#soundLeft);
    }
    return mixDown(sound, this.#format);
  }

  /**
   * Ends the file.
   *
   * @returns the samples of a last block that was cut short, and how far the sound falls short of
   * what the head promised; null when it does not
   * @throws AppError `audio-unsupported` when there is no sound at all
   */
  end(): { samples: Int16Array; shortfall: string | null } {
    if (this.#soundLeft === null || this.#format === null) {
      throw unsupported("it ends before its sound begins, without data");
    }
    const isBlocks = "blockBytes" in this.#format;
    const samples = mixDown(isBlocks ? this.#pending : new Uint8Array(0), this.#format);
    const missing = this.#soundLeft - this.#pending.length;
    const heard = this.#soundBytes + this.#pending.length;
    this.#pending = new Uint8Array(0);
    if (missing === Infinity || missing <= 0) return { samples, shortfall: null };
    const shortfall = `it ends after ${heard} of ${heard + missing} bytes of sound`;
    if (this.#soundBytes === 0 && samples.length === 0) throw unsupported(shortfall);
    return { samples, shortfall };
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
      const known = size === sizeElsewhere && this.#largeSize > 0 ? this.#largeSize : size;
      const isOpen = known === 0 || (known === size && size >= openSize);
      this.#soundLeft = isOpen ? Infinity : known;
    } else if (tag === "ds64" && size >= largeSizesBytes) {
      if (this.#pending.length < 8 + largeSizesBytes) return false;
      this.#largeSize = uint32At(this.#pending, 16) + uint32At(this.#pending, 20) * 2 ** 32;
      this.#skip = size + (size & 1);
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

/**
 * Whether `WaveDecoder` can read a file, by its head: false for WAVE files with other codings, such
 * as GSM, true where the head does not decide.
 *
 * @throws AppError `audio-unsupported` for 0 channels and for rates out of range
 */
export function isReadableWave(head: Uint8Array): boolean {
  if (!isWave(head)) return false;
  if (head.length < sniffedBytes || tagAt(head, 12) !== "fmt ") return true;
  const size = Math.min(uint32At(head, 16), 40);
  return size < 16 || readWaveFormat(head.subarray(20, 20 + size)) !== null;
}

/** Whether a file is a WAVE file, of any coding, by its head. */
export function isWave(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && wholeTags.has(tagAt(bytes, 0)) && tagAt(bytes, 8) === "WAVE";
}

function readFormat(bytes: Uint8Array): WaveFormat {
  const format = readWaveFormat(bytes);
  if (format === null) throw unsupported("its samples are none of PCM, floats, G.711 and ADPCM");
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
