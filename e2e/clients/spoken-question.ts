import { readFileSync } from "node:fs";
import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { readWave } from "@parley/audio/wave/read-wave";
import { recording } from "./speech-doors";

/** A person's sentence at 24 kHz as clients send it, in pieces of 200 ms, and a silence behind it. */
export async function spokenPieces(): Promise<Buffer[]> {
  const { samples, sampleRate } = readWave(readFileSync(recording));
  const converter = await SampleRateConverter.open(sampleRate, 24_000);
  const bytes = Buffer.concat([sampleBytes(converter.process(samples)), Buffer.alloc(72_000)]);
  converter.close();
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 9_600) pieces.push(bytes.subarray(at, at + 9_600));
  return pieces;
}
