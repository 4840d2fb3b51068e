import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { loadAverage } from "../support/machine-load";
import { nemotronSpeech, randomCheckpoint } from "../support/models/random-checkpoint";
import { openProcess } from "../support/side-process";
import { printTable } from "../support/table";
import type { ConversionCalls } from "./conversion-calls";
import { writeArchive } from "./write-archive";

export type FullSizeRow = {
  precision: Precision;
  /** Of the checkpoint, by the wall clock. */
  megabytesPerSecond: number;
  convertSeconds: number;
  convertCpuSeconds: number;
  peakMegabytes: number;
  diskMegabytes: number;
  loadSeconds: number;
  loadedPeakMegabytes: number;
  chunkMs: number;
  loadAverage: number;
};

export type FullSize = { archiveMegabytes: number; rows: FullSizeRow[] };

/**
 * Converts a checkpoint of Nemotron Speech's sizes with made-up weights, once per precision, each
 * in a process of its own; then loads the result in another.
 *
 * @param folder for the checkpoint and one conversion at a time
 */
export async function measureFullSize(
  folder: string,
  precisions: readonly Precision[],
  { keep }: { keep: boolean },
): Promise<FullSize> {
  const file = join(folder, "random.nemo");
  console.log(`Writing ${file}.`);
  await rm(file, { force: true });
  const archiveBytes = await writeArchive(file, randomCheckpoint(nemotronSpeech));
  const rows: FullSizeRow[] = [];
  for (const precision of precisions) {
    console.log(`Converting to ${precision} (load average ${loadAverage()}).`);
    const directory = join(folder, precision);
    await rm(directory, { recursive: true, force: true });
    rows.push(await measureOne({ file, directory, precision }, archiveBytes));
    if (!keep) await rm(directory, { recursive: true });
  }
  if (!keep) await rm(file);
  return { archiveMegabytes: inMegabytes(archiveBytes), rows };
}

async function measureOne(
  request: { file: string; directory: string; precision: Precision },
  archiveBytes: number,
): Promise<FullSizeRow> {
  const converted = await inProcess("convert", request);
  const loaded = await inProcess("load", { directory: request.directory });
  return {
    precision: request.precision,
    megabytesPerSecond: Math.round(archiveBytes / 1_000 / converted.wallMs),
    convertSeconds: inSeconds(converted.wallMs),
    convertCpuSeconds: inSeconds(converted.cpuMs),
    peakMegabytes: inMegabytes(converted.peakResidentBytes),
    diskMegabytes: inMegabytes(await sizeOf(request.directory)),
    loadSeconds: inSeconds(loaded.loadMs),
    loadedPeakMegabytes: inMegabytes(loaded.peakResidentBytes),
    chunkMs: Math.round(loaded.chunkMs),
    loadAverage: loadAverage(),
  };
}

/** Peak memory is a process's own: each call gets a fresh one. */
async function inProcess<Name extends keyof ConversionCalls>(
  name: Name,
  request: Parameters<ConversionCalls[Name]>[0],
): Promise<Awaited<ReturnType<ConversionCalls[Name]>>> {
  const side = await openProcess<ConversionCalls>(
    new URL("conversion.process.ts", import.meta.url),
  );
  try {
    return await side.call(name, request);
  } finally {
    await side.close();
  }
}

async function sizeOf(directory: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(directory)) bytes += (await stat(join(directory, name))).size;
  return bytes;
}

function inMegabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function inSeconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

export function printFullSize({ archiveMegabytes, rows }: FullSize): void {
  console.log(`\nA checkpoint of ${archiveMegabytes} MB:`);
  printTable(
    ["precision", "MB/s", "s", "CPU s", "peak MB", "on disk MB", "load s", "loaded MB", "chunk ms"],
    rows.map((row) => [
      row.precision,
      row.megabytesPerSecond,
      row.convertSeconds,
      row.convertCpuSeconds,
      row.peakMegabytes,
      row.diskMegabytes,
      row.loadSeconds,
      row.loadedPeakMegabytes,
      row.chunkMs,
    ]),
  );
}
