import { readFileSync } from "node:fs";
import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import { waveBytes } from "@parley/audio/testing/wave-bytes";
import { readWave } from "@parley/audio/wave/read-wave";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes } from "../inputs/mutated-bytes";

const channels = [
  [0, 0.5, -0.5, 0.25],
  [1, -1, 0, 0.1],
];
const fixture = (name: string) =>
  Uint8Array.from(
    readFileSync(new URL(`../../packages/audio/src/fixtures/${name}`, import.meta.url)),
  );
const seeds = [
  waveBytes({ coding: "pcm16", channels }),
  waveBytes({ coding: "float64", channels, isExtensible: true }),
  waveBytes({ coding: "pcm24", channels, sampleRate: 44_100 }),
  ...["ima-stereo.wav", "ms-stereo.wav", "ima-mono.wav", "ms-mono.wav"].map(fixture),
  new TextEncoder().encode("OggS\0\u0002 OpusHead"),
  new TextEncoder().encode("\0\0\0 ftypM4A isomiso2mp41\0\0\0\u0008moov"),
  new TextEncoder().encode("ID3\u0004 fLaC"),
];

/** Samples at 16 kHz that a byte may become: ADPCM of 8 kHz has two a byte, and heads of blocks. */
const maxSamplesPerByte = 8;
const flushedSamples = 16_000;
/** What is no WAVE file would go to ffmpeg: only that it is recognised is tried. */
const noFfmpeg = "parley-has-no-ffmpeg-here";

export const soundFile = fuzzTarget({
  name: "sound-file",
  about: "sound files: WAVE in all codings, G.711, and heads of others",
  inputs: fc.record({
    bytes: mutatedBytes(...seeds),
    raw: fc.constantFrom(null, null, "mu-law" as const, "a-law" as const),
    pieceBytes: fc.integer({ min: 1, max: 3_000 }),
  }),
  open: () => ({
    check: async ({ bytes, raw, pieceBytes }) => {
      const options = { signal: new AbortController().signal, ffmpeg: noFfmpeg, raw };
      let samples = 0;
      await expectCoded(async () => {
        for await (const piece of decodeAudio(pieces(bytes, pieceBytes), options)) {
          samples += piece.length;
        }
      });
      if (samples > bytes.length * maxSamplesPerByte + flushedSamples) {
        throw new Error(`${bytes.length} bytes became ${samples} samples`);
      }
      try {
        readWave(bytes);
      } catch (error) {
        // Its callers read files of their own.
        if (!(error instanceof TypeError) || error.cause instanceof RangeError) throw error;
      }
    },
  }),
});

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}
