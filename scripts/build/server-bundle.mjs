import path from "node:path";
import { findServerEntries } from "./server-entries.mjs";

/**
 * Bundles our own packages and leaves those from npm to be loaded from node_modules. One that the app
 * itself would not find there (another version, or none, lies beside the package that imports it) is
 * bundled too.
 *
 * @param {string} appFolder
 * @returns {import("esbuild").Plugin}
 */
function keepNpmPackagesOutside(appFolder) {
  return {
    name: "keep-npm-packages-outside",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path: name, pluginData, ...place }) => {
        if (pluginData === "resolving" || place.kind === "entry-point") return undefined;
        if (name.startsWith("@parley/") || path.isAbsolute(name)) return undefined;
        const find = (/** @type {string} */ resolveDir) =>
          build.resolve(name, { kind: place.kind, resolveDir, pluginData: "resolving" });
        const [beside, fromApp] = await Promise.all([find(place.resolveDir), find(appFolder)]);
        const isElsewhere = beside.errors.length === 0 && beside.path !== fromApp.path;
        return isElsewhere ? undefined : { path: name, external: true };
      });
    },
  };
}

/**
 * esbuild's settings for one server.
 *
 * @param {string} appFolder Such as `apps/inference`.
 * @returns {Promise<import("esbuild").BuildOptions>}
 */
export async function serverBundleOptions(appFolder) {
  return {
    entryPoints: await findServerEntries(appFolder),
    outdir: path.join(appFolder, "dist"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "linked",
    logLevel: "silent",
    plugins: [keepNpmPackagesOutside(path.resolve(appFolder))],
  };
}
