import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** mediasoup's worker binary for integration tests: from the environment or the setup's cache. */
export function findWorkerBin(): string | null {
  const named = process.env.MEDIASOUP_WORKER_BIN;
  if (named !== undefined && named !== "") return named;
  const cache = process.env.PARLEY_CACHE ?? path.join(homedir(), ".cache", "parley");
  const folder = path.join(cache, "mediasoup-worker");
  if (!existsSync(folder)) return null;
  const suffix = `-${process.platform}-${process.arch}`;
  const built = readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .map((name) => path.join(folder, name, "mediasoup-worker"));
  return built.find((file) => existsSync(file)) ?? null;
}
