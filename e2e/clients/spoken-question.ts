import { readFileSync } from "node:fs";
import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { encodeMuLaw } from "@parley/audio/wave/g711";
import { readWave } from "@parley/audio/wave/read-wave";
import { recording } from "./speech-doors";

const silenceSeconds = 1.5;

/** A person's sentence at 24 kHz as clients send it, in pieces of 200 ms, and a silence behind it. */
export async function spokenPieces(): Promise<Buffer[]> {
  return inPieces(Buffer.from(sampleBytes(await spokenAt(24_000))), 9_600);
}

/** The same as a telephone has it: G.711 of 8 kHz. */
export async function telephonedPieces(): Promise<Buffer[]> {
  return inPieces(Buffer.from(encodeMuLaw(await spokenAt(8_000))), 1_600);
}

async function spokenAt(rate: number): Promise<Int16Array> {
  const { samples, sampleRate } = readWave(readFileSync(recording));
  const converter = await SampleRateConverter.open(sampleRate, rate);
  const spoken = converter.process(samples);
  converter.close();
  return Int16Array.from([...spoken, ...new Int16Array(silenceSeconds * rate)]);
}

function inPieces(bytes: Buffer, length: number): Buffer[] {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length));
  return pieces;
}
