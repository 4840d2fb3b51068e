import { readFileSync } from "node:fs";
import { readWave } from "@parley/audio/wave/read-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";

/** The samples of a 16 kHz recording. */
export function loadAudio(path: URL | string): Int16Array {
  const { sampleRate, samples } = readWave(readFileSync(path));
  if (sampleRate !== speechRate) throw new TypeError(`recording at ${sampleRate} Hz`);
  return samples;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** White noise. @param level root mean square, of 32,768 */
export function whiteNoise(samples: number, level: number, seed = 1): Int16Array {
  const random = seededRandom(seed);
  // Uniform noise of half width w has a root mean square of w / √3.
  const width = level * Math.sqrt(3);
  return Int16Array.from({ length: samples }, () => (2 * random() - 1) * width);
}

/** Cuts sound into pieces of random length, empty ones among them. */
export function randomPieces(samples: Int16Array, longest: number, seed: number): Int16Array[] {
  const random = seededRandom(seed);
  const pieces: Int16Array[] = [];
  for (let at = 0; at < samples.length;) {
    const length = random() < 0.1 ? 0 : Math.ceil(random() * longest);
    pieces.push(samples.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

export function joinAudio(pieces: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
