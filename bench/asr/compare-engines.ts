import { startProcess } from "../support/side-process";
import { percentiles, round, type Percentiles } from "../support/percentiles";
import { printTable } from "../support/table";
import { findCapacity, type Capacity } from "./capacity";
import type { EngineCalls } from "./engines/engine-calls";
import type { BenchModel } from "./models/prepare-models";

/** What was measured of one engine. Memory in MiB, times in milliseconds. */
type EngineFigures = {
  loadMs: number;
  residentMiB: number;
  /** Seconds of speech recognised in one second of wall-clock, all streams together. */
  rush: { streams: number; speed: number; cpuPerSecond: number }[];
  capacity: Capacity;
  /** From an utterance's last sample to its final text. */
  finals: Percentiles;
  memoryPerStreamMiB: number;
  endurance: { residentMiB: number[]; wallMs: number } | null;
};

export type Comparison = {
  description: string;
  chunkMs: number;
  parley: EngineFigures;
  sherpa: EngineFigures;
  /** The bare loop's speed with one stream. */
  bare: number;
};

export type ComparisonSettings = {
  model: BenchModel;
  threads: number;
  speech: Int16Array;
  /** For sherpa-onnx's process. */
  environment: Record<string, string>;
};

const mebibyte = 2 ** 20;

/** How much is asked of a model: a full-size one takes its time. */
type Effort = { rush: number[]; rushSeconds: number; atMost: number; hours: number };

function effortFor({ name }: BenchModel): Effort {
  if (name === "full-size") return { rush: [1, 4, 8], rushSeconds: 6, atMost: 16, hours: 0 };
  return { rush: [1, 8, 32], rushSeconds: 40, atMost: 512, hours: name === "built-in" ? 1 : 0 };
}

/** Runs every engine over the same files and the same speech, one after another. */
export async function compareEngines(settings: ComparisonSettings): Promise<Comparison> {
  const { description, chunkMs } = settings.model;
  const parley = await measureEngine("parley", settings);
  const sherpa = await measureEngine("sherpa", settings);
  const bare = await measureBare(settings);
  return { description, chunkMs, parley, sherpa, bare };
}

async function measureEngine(
  name: "parley" | "sherpa",
  { model, threads, speech, environment }: ComparisonSettings,
): Promise<EngineFigures> {
  const file = new URL(`./engines/${name}.process.ts`, import.meta.url);
  const child = startProcess<EngineCalls>(file, { environment, flags: ["--expose-gc"] });
  const { rush: counts, rushSeconds, atMost, hours } = effortFor(model);
  const directory = name === "parley" ? model.directory : model.sherpaDirectory;
  const { chunkMs } = model;
  const seconds = (6 * chunkMs) / 160;
  try {
    console.log(`  ${name}: loading`);
    const loaded = await child.call("load", { directory, threads, chunkMs, speech });
    // Compilers and allocators settle first.
    await child.call("rush", { streams: Math.min(4, atMost), seconds: rushSeconds / 4 });
    const rush: EngineFigures["rush"] = [];
    for (const streams of counts) {
      const answer = await child.call("rush", { streams, seconds: rushSeconds });
      const heard = streams * rushSeconds;
      const speed = round((1_000 * heard) / answer.wallMs);
      rush.push({ streams, speed, cpuPerSecond: round(answer.cpuMs / heard) });
      console.log(
        `  ${name}: ${streams} at once, ${speed} times real time: ${answer.text.slice(0, 60)}`,
      );
    }
    const memoryStreams = Math.min(atMost, 64);
    const { bytes } = await child.call("memory", { streams: memoryStreams });
    const finals = percentiles(await child.call("finals", { times: 12 }));
    const capacity = await findCapacity(
      async (streams) => {
        console.log(`  ${name}: ${streams} at the pace of speech`);
        return await child.call("pace", { streams, seconds });
      },
      { chunkMs, from: 1, atMost },
    );
    const endurance = hours === 0 ? null : await child.call("endure", { hours });
    return {
      loadMs: round(loaded.loadMs),
      residentMiB: round(loaded.residentBytes / mebibyte),
      rush,
      capacity,
      finals,
      memoryPerStreamMiB: Math.round((100 * bytes) / mebibyte / memoryStreams) / 100,
      endurance:
        endurance === null
          ? null
          : {
              residentMiB: endurance.residentBytes.map((size) => round(size / mebibyte)),
              wallMs: round(endurance.wallMs),
            },
    };
  } finally {
    await child.close();
  }
}

async function measureBare({ model, threads, speech }: ComparisonSettings): Promise<number> {
  type BareCalls = Pick<EngineCalls, "load" | "rush">;
  const child = startProcess<BareCalls>(new URL("./engines/bare.process.ts", import.meta.url), {
    flags: ["--expose-gc"],
  });
  const { sherpaDirectory: directory, chunkMs } = model;
  const seconds = effortFor(model).rushSeconds;
  try {
    await child.call("load", { directory, threads, chunkMs, speech });
    await child.call("rush", { streams: 1, seconds: seconds / 4 });
    const { wallMs } = await child.call("rush", { streams: 1, seconds });
    return round((1_000 * seconds) / wallMs);
  } finally {
    await child.close();
  }
}

export function printComparison({ parley, sherpa, bare }: Comparison): void {
  const row = (
    what: string,
    of: (figures: EngineFigures) => number,
    aim: "more" | "less",
  ): (string | number)[] => {
    const [ours, theirs] = [of(parley), of(sherpa)];
    const ratio = aim === "more" ? ours / theirs : theirs / ours;
    const better = Number.isFinite(ratio) ? `${Math.round(100 * ratio) / 100} times` : "-";
    return [what, ours, theirs, better];
  };
  console.log();
  printTable(
    ["", "Parley", "sherpa-onnx", "better by"],
    [
      ...parley.rush.map(({ streams }, place) =>
        row(`${streams} streams, times real time`, (of) => of.rush[place]?.speed ?? 0, "more"),
      ),
      row("streams in real time", (of) => of.capacity.streams, "more"),
      row("final after the last sample, p95 ms", (of) => of.finals.p95, "less"),
      row("memory per stream, MiB", (of) => of.memoryPerStreamMiB, "less"),
      row("load, ms", (of) => of.loadMs, "less"),
    ],
  );
  const one = parley.rush[0]?.speed ?? Number.NaN;
  console.log(
    `bare loop: ${bare} times real time; Parley takes ${round((100 * bare) / one) / 100} of its time`,
  );
  if (parley.endurance !== null) {
    console.log(
      `an hour of speech, resident MiB after each tenth: ${parley.endurance.residentMiB.join(" ")}`,
    );
  }
}
