import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { readWave } from "@parley/audio/wave/read-wave";
import { waveHead } from "@parley/audio/wave/write-wave";
import { recording } from "../speech-doors";

/** Writes a person's sentence as WAVE files of these rates, Hz, into a folder that `close` deletes. */
export async function writeRecordings(
  rates: readonly number[],
): Promise<{ pathOf: (rate: number) => string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "parley-recordings-"));
  const pathOf = (rate: number) => join(folder, `${rate}.wav`);
  const { samples, sampleRate } = readWave(readFileSync(recording));
  for (const rate of new Set(rates)) {
    const converter = await SampleRateConverter.open(sampleRate, rate);
    const bytes = sampleBytes(converter.process(samples)).slice();
    const rest = sampleBytes(converter.flush()).slice();
    converter.close();
    const length = bytes.length + rest.length;
    const head = waveHead({ sampleRate: rate, channels: 1, coding: "pcm16" }, length);
    await writeFile(pathOf(rate), Buffer.concat([head, bytes, rest]));
  }
  return { pathOf, close: () => rm(folder, { recursive: true, force: true }) };
}
