import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeResults } from "../support/results";
import { figuresOf, type Figures } from "./figures";
import { missesOf } from "./misses";
import type { JudgedScene } from "./outcomes/outcome";
import { report } from "./report";
import { figureRows } from "./rows";

/**
 * Writes what came of scenes to `bench/results/<name>.json`, and the tables to the text beside it.
 *
 * @param more about the run
 */
export function writeReport(
  name: string,
  judged: readonly JudgedScene[],
  more: Record<string, unknown>,
): void {
  writeFileSync(join(import.meta.dirname, "..", "results", `${name}.txt`), `${report(judged)}\n`);
  const policies = [...new Set(judged.map(({ policy }) => policy))];
  writeResults(name, {
    ...more,
    goals: Object.fromEntries(figureRows.map((row) => [row.name, row.goal])),
    scenes: judged.length,
    figures: policies.map((policy) => {
      const own = judged.filter((one) => one.policy === policy);
      const sets = figuresBy(own, ({ set }) => set);
      return { policy, all: figuresOf(own), sets, voices: figuresBy(own, ({ voice }) => voice) };
    }),
    misses: missesOf(judged.filter(({ policy }) => policy === policies[0])),
  });
}

function figuresBy(
  judged: readonly JudgedScene[],
  nameOf: (one: JudgedScene) => string,
): Record<string, Figures> {
  const names = [...new Set(judged.map(nameOf))];
  return Object.fromEntries(
    names.map((name) => [name, figuresOf(judged.filter((one) => nameOf(one) === name))]),
  );
}
