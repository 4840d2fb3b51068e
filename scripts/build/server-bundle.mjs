import path from "node:path";
import { findServerEntries } from "./server-entries.mjs";

/**
 * Bundles the workspace's packages and leaves those from npm to be loaded from node_modules.
 *
 * @type {import("esbuild").Plugin}
 */
const keepNpmPackagesOutside = {
  name: "keep-npm-packages-outside",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === "entry-point" || name.startsWith("@parley/") || path.isAbsolute(name)
        ? undefined
        : { path: name, external: true },
    );
  },
};

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
    plugins: [keepNpmPackagesOutside],
  };
}
