import { percentiles, round, type Percentiles } from "../support/percentiles";
import { openProcess, type SideProcess } from "../support/side-process";
import { findCapacity, type Capacity } from "./capacity";
import type { EngineCalls } from "./engines/engine-calls";
import type { BenchModel } from "./models/prepare-models";
import { rushInTurns, timesAsFast, type RushFigures } from "./rush-in-turns";

/** Figures of one engine. Memory in MiB, times in milliseconds. */
export type EngineFigures = {
  loadMs: number;
  residentMiB: number;
  rush: RushFigures[];
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
  /** The bare loop, with one stream. */
  bare: RushFigures;
  /** The bare loop's speed over Parley's, in the same rounds. */
  bareOverParley: number;
};

export type ComparisonSettings = {
  model: BenchModel;
  threads: number;
  speech: Int16Array;
  /** For sherpa-onnx's process. */
  environment: Record<string, string>;
};

const mebibyte = 2 ** 20;

/** Amount of work per model; full-size ones are slow. */
type Effort = { counts: number[]; seconds: number; rounds: number; atMost: number; hours: number };

function effortFor({ name }: BenchModel): Effort {
  if (name.startsWith("full-size")) {
    return { counts: [1, 4, 8], seconds: 14, rounds: 3, atMost: 16, hours: 0 };
  }
  const hours = name === "built-in" ? 1 : 0;
  return { counts: [1, 8, 32], seconds: 40, rounds: 5, atMost: 512, hours };
}

/** Runs every engine over the same files and the same speech. */
export async function compareEngines(settings: ComparisonSettings): Promise<Comparison> {
  const { description, chunkMs } = settings.model;
  const start = (name: string, environment: Record<string, string> = {}) =>
    openProcess<EngineCalls>(new URL(`./engines/${name}.process.ts`, import.meta.url), {
      environment,
      flags: ["--expose-gc"],
    });
  const effort = effortFor(settings.model);
  const { seconds, rounds } = effort;
  const processes = {
    parley: await start("parley"),
    sherpa: await start("sherpa", settings.environment),
    bare: await start("bare"),
  };
  try {
    const loaded = {
      parley: await load("parley", processes.parley, settings),
      sherpa: await load("sherpa", processes.sherpa, settings),
    };
    await load("bare", processes.bare, settings);
    const alone = await rushInTurns(processes, { counts: [1], seconds, rounds });
    const { parley, sherpa } = processes;
    const counts = effort.counts.filter((count) => count > 1);
    const together = await rushInTurns({ parley, sherpa }, { counts, seconds, rounds });
    const rushes = {
      parley: [...alone.parley, ...together.parley],
      sherpa: [...alone.sherpa, ...together.sherpa],
    };
    await processes.bare.close();
    const measure = async (name: "parley" | "sherpa"): Promise<EngineFigures> => ({
      ...loaded[name],
      rush: rushes[name],
      ...(await measureEngine(name, processes[name], effort, chunkMs)),
    });
    const [bare] = alone.bare;
    const [ours] = alone.parley;
    if (bare === undefined || ours === undefined) throw new TypeError("nothing was rushed");
    return {
      description,
      chunkMs,
      parley: await measure("parley"),
      sherpa: await measure("sherpa"),
      bare,
      bareOverParley: timesAsFast(bare, ours),
    };
  } finally {
    await Promise.all(Object.values(processes).map((child) => child.close()));
  }
}

async function load(
  name: string,
  child: SideProcess<EngineCalls>,
  { model, threads, speech }: ComparisonSettings,
): Promise<Pick<EngineFigures, "loadMs" | "residentMiB">> {
  console.log(`  ${name}: loading`);
  const directory = name === "parley" ? model.directory : model.sherpaDirectory;
  const { chunkMs } = model;
  const answer = await child.call("load", { directory, threads, chunkMs, speech });
  return {
    loadMs: round(answer.loadMs),
    residentMiB: round(answer.residentBytes / mebibyte),
  };
}

/** Measures each engine by itself, one after another. */
async function measureEngine(
  name: string,
  child: SideProcess<EngineCalls>,
  { atMost, hours }: Effort,
  chunkMs: number,
): Promise<Pick<EngineFigures, "capacity" | "finals" | "memoryPerStreamMiB" | "endurance">> {
  const memoryStreams = Math.min(atMost, 64);
  const { bytes } = await child.call("memory", { streams: memoryStreams });
  const finals = percentiles(await child.call("finals", { times: 24 }));
  const seconds = (6 * chunkMs) / 160;
  const capacity = await findCapacity(
    async (streams) => {
      console.log(`  ${name}: ${streams} at the pace of speech`);
      return await child.call("pace", { streams, seconds });
    },
    { chunkMs, from: 1, atMost },
  );
  const endurance = hours === 0 ? null : await child.call("endure", { hours });
  return {
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
}
