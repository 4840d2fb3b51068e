import { homedir } from "node:os";
import { join } from "node:path";

/** Where things lie that can be made again: `PARLEY_CACHE` if set, else the user's own cache. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.PARLEY_CACHE;
  if (given !== undefined && given !== "") return given;
  const base = environment.XDG_CACHE_HOME;
  const caches = base !== undefined && base !== "" ? base : join(homedir(), ".cache");
  return join(caches, "parley");
}
