import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** Provenance of figures: the machine, the date and the commit. */
export type Machine = {
  processor: string;
  cores: number;
  memoryGiB: number;
  node: string;
};

function machine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

/** The commit that is measured, and whether files differ from it. */
export function currentCommit(): string {
  try {
    const hash = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
    const isChanged = execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" }) !== "";
    return isChanged ? `${hash} with changes` : hash;
  } catch {
    return "unknown";
  }
}

/** Writes `bench/results/<name>.json`: the figures with machine, date and commit. */
export function writeResults(name: string, figures: Record<string, unknown>): void {
  const folder = join(import.meta.dirname, "..", "results");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  const results = {
    name,
    date: new Date().toISOString(),
    commit: currentCommit(),
    machine: machine(),
    ...figures,
  };
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nWritten to bench/results/${name}.json`);
}
