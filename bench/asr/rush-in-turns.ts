import type { ReplyOf, RequestOf } from "@parley/threads/calls";
import { percentile, round } from "../support/percentiles";
import type { EngineCalls } from "./engines/engine-calls";

type Rushed = {
  call(
    name: "rush",
    request: RequestOf<EngineCalls, "rush">,
  ): Promise<ReplyOf<EngineCalls, "rush">>;
};

export type RushFigures = {
  streams: number;
  /** Seconds of speech recognised in one second of wall-clock, all streams together: the median. */
  speed: number;
  /** That of every round. */
  speeds: number[];
  /** Milliseconds of processor time for a second of speech: the median. */
  cpuPerSecond: number;
};

/**
 * Runs engines on the same speech as fast as they can, in alternation: a machine's speed varies
 * over time, and the compared engines should meet the same conditions.
 *
 * @param engines by name
 * @returns by name, for each number of streams
 */
export async function rushInTurns<Name extends string>(
  engines: Readonly<Record<Name, Rushed>>,
  { counts, seconds, rounds }: { counts: readonly number[]; seconds: number; rounds: number },
): Promise<Record<Name, RushFigures[]>> {
  const names = Object.keys(engines) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    RushFigures[]
  >;
  // Warm-up of compilers and allocators.
  for (const name of names) await engines[name].call("rush", { streams: 2, seconds: seconds / 4 });
  for (const streams of counts) {
    const heard = streams * seconds;
    const answers = names.map((name) => ({ name, speeds: [] as number[], cpu: [] as number[] }));
    for (let turn = 0; turn < rounds; turn++) {
      for (const { name, speeds, cpu } of answers) {
        const { wallMs, cpuMs, text } = await engines[name].call("rush", { streams, seconds });
        speeds.push(round((1_000 * heard) / wallMs));
        cpu.push(cpuMs / heard);
        const line = `${speeds.at(-1)} times real time${text === "" ? "" : `: ${text.slice(0, 40)}`}`;
        console.log(`  ${name}: ${streams} at once, ${line}`);
      }
    }
    for (const { name, speeds, cpu } of answers) {
      const [speed, cpuPerSecond] = [percentile(speeds, 0.5), round(percentile(cpu, 0.5))];
      figures[name].push({ streams, speed, speeds, cpuPerSecond });
    }
  }
  return figures;
}

/** How many times as fast one was as another: the median of the rounds. */
export function timesAsFast(one: RushFigures, other: RushFigures): number {
  const ratios = one.speeds.map((speed, turn) => speed / (other.speeds[turn] ?? Number.NaN));
  return Math.round(100 * percentile(ratios, 0.5)) / 100;
}
