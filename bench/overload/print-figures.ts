import { printTable } from "../support/table";
import type { SceneFigures } from "./run-scene";
import type { Watch } from "./watch/watch.process";

/** One row for each part and scene, and under it what was expected and did not hold. */
export function printFigures(scenes: readonly SceneFigures[]): void {
  console.log("");
  printTable(
    [
      "scene",
      "part",
      "MB before",
      "peak",
      "after",
      "cpu %",
      "health ms before",
      "longest",
      "after",
    ],
    scenes.flatMap(({ name, before, during, after }) => [
      ...Object.entries(during.usage).map(([part, usage], index) => [
        index === 0 ? name : "",
        part,
        Math.round(before.usage[part]?.lastMB ?? 0),
        Math.round(usage.peakMB),
        Math.round(after.usage[part]?.lastMB ?? 0),
        Math.round(usage.processorPercent),
        before.health[part]?.max ?? "-",
        during.health[part]?.max ?? "-",
        after.health[part]?.max ?? "-",
      ]),
      // A timer that is late by itself says how much of the figures is the machine's other work.
      ["", "(this machine)", "-", "-", "-", "-", ...[before, during, after].map(lateness)],
    ]),
  );
  console.log("");
  printTable(
    ["scene", "expected", "found", "holds"],
    scenes.flatMap(({ name, expectations }) =>
      expectations.map(({ wanted, found, holds }, index) => [
        index === 0 ? name : "",
        wanted,
        found,
        holds ? "yes" : "NO",
      ]),
    ),
  );
}

function lateness({ machine }: Watch): number {
  return machine.max;
}
