import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Cache folder, for files that are slow to obtain and can always be obtained again.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {string} [home]
 * @returns {string}
 */
export function cacheFolder(environment = process.env, home = os.homedir()) {
  if (environment.PARLEY_CACHE) return path.resolve(environment.PARLEY_CACHE);
  // The XDG base directory specification says to ignore a relative path here.
  const base = environment.XDG_CACHE_HOME ?? "";
  return path.join(path.isAbsolute(base) ? base : path.join(home, ".cache"), "parley");
}

/**
 * Data folder, for what people make with Parley: rooms, transcripts, settings.
 *
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {string} [repository]
 * @returns {string}
 */
export function dataFolder(environment = process.env, repository = REPOSITORY) {
  return environment.PARLEY_DATA
    ? path.resolve(environment.PARLEY_DATA)
    : path.join(repository, ".parley", "data");
}

/**
 * Folder of the mediasoup worker for one version and platform.
 *
 * @param {string} cache From {@link cacheFolder}.
 * @param {string} version mediasoup's version.
 * @param {string} [platform]
 * @param {string} [architecture]
 * @returns {string}
 */
export function workerFolder(
  cache,
  version,
  platform = process.platform,
  architecture = process.arch,
) {
  return path.join(cache, "mediasoup-worker", `${version}-${platform}-${architecture}`);
}
