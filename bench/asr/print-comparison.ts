import { printTable } from "../support/table";
import type { Comparison, EngineFigures } from "./compare-engines";
import { timesAsFast } from "./rush-in-turns";

export function printComparison({ parley, sherpa, bare, bareOverParley }: Comparison): void {
  const row = (
    what: string,
    of: (figures: EngineFigures) => number,
    aim: "more" | "less",
  ): (string | number)[] => {
    const [ours, theirs] = [of(parley), of(sherpa)];
    const ratio = aim === "more" ? ours / theirs : theirs / ours;
    return [what, ours, theirs, times(ratio)];
  };
  const rushes = parley.rush.flatMap((ours, place) => {
    const theirs = sherpa.rush[place];
    if (theirs === undefined) return [];
    const ratio = times(timesAsFast(ours, theirs));
    return [[`${ours.streams} streams, times real time`, ours.speed, theirs.speed, ratio]];
  });
  console.log();
  printTable(
    ["", "Parley", "sherpa-onnx", "better by"],
    [
      ...rushes,
      row("streams in real time", (of) => of.capacity.streams, "more"),
      row("final after the last sample, p50 ms", (of) => of.finals.p50, "less"),
      row("final after the last sample, p95 ms", (of) => of.finals.p95, "less"),
      row("memory per stream, MiB", (of) => of.memoryPerStreamMiB, "less"),
      row("load, ms", (of) => of.loadMs, "less"),
    ],
  );
  console.log(
    `bare loop: ${bare.speed} times real time; Parley takes ${bareOverParley} of its time`,
  );
  if (parley.endurance !== null) {
    console.log(
      `an hour of speech, resident MiB after each tenth: ${parley.endurance.residentMiB.join(" ")}`,
    );
  }
}

function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${Math.round(100 * ratio) / 100} times` : "-";
}
