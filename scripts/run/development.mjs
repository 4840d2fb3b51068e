import { rm } from "node:fs/promises";
import path from "node:path";
import { serverBundleOptions } from "../build/server-bundle.mjs";
import { startProgram } from "./server-processes.mjs";

/**
 * Rebuilds a server whenever one of its sources changes, and calls back after each successful build.
 *
 * @param {string} repository
 * @param {"inference" | "media-server"} app
 * @param {() => void} onRebuilt Not called for the first build.
 * @returns {Promise<() => Promise<void>>} Ends the watching.
 */
export async function rebuildOnChange(repository, app, onRebuilt) {
  const esbuild = await import("esbuild");
  const appFolder = path.join(repository, "apps", app);
  const options = await serverBundleOptions(appFolder);
  // The build follows the sources from now on, so its stamp no longer holds.
  await rm(path.join(appFolder, "dist", ".built"), { force: true });
  let first = true;
  /** @type {import("esbuild").Plugin} */
  const afterBuild = {
    name: "restart-after-build",
    setup(build) {
      build.onEnd(({ errors }) => {
        if (errors.length === 0 && !first) onRebuilt();
        first = false;
      });
    },
  };
  const context = await esbuild.context({
    ...options,
    logLevel: "warning",
    plugins: [...(options.plugins ?? []), afterBuild],
  });
  await context.watch();
  return () => context.dispose();
}

/**
 * Starts the web app's development server, which proxies requests to the media server.
 *
 * @param {string} repository
 * @param {number} port Where the page is served.
 * @param {number} mediaPort Where the media server listens.
 */
export function startWebDevelopment(repository, port, mediaPort) {
  const vite = path.join(repository, "node_modules", "vite", "bin", "vite.js");
  return startProgram({
    app: "web",
    parameters: [
      vite,
      "--port",
      String(port),
      "--strictPort",
      "--clearScreen",
      "false",
      "--host",
      "127.0.0.1",
    ],
    folder: path.join(repository, "apps", "web"),
    environment: { ...process.env, PARLEY_MEDIA_URL: `http://127.0.0.1:${mediaPort}` },
  });
}
