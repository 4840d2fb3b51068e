import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of reproducible files: `PARLEY_CACHE` if set, else in the user's cache. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.PARLEY_CACHE;
  if (given !== undefined && given !== "") return given;
  const base = environment.XDG_CACHE_HOME;
  const caches = base !== undefined && base !== "" ? base : join(homedir(), ".cache");
  return join(caches, "parley");
}
