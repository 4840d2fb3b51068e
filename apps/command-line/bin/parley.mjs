#!/usr/bin/env node
/**
 * `npx parley`: runs the built command line, and in a checkout brings the build up to date first.
 *
 * Keep the syntax readable for Node 16, so that an old Node reaches its message.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** @param {string} place */
const inApp = (place) => new URL(`../${place}`, import.meta.url);
const command = inApp("dist/parley.command.js");
const scripts = inApp("../../scripts/");

/** The build's own hashes decide what is done; this only spares asking them each time. */
async function isStale() {
  const builtAt = await stat(inApp("dist/.built")).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (builtAt === 0 || !existsSync(command)) return true;
  const { listFiles } = await import(new URL("system/stamp.mjs", scripts).href);
  const places = ["src", "package.json", "../../packages", "../../package-lock.json"];
  for (const file of await listFiles(places.map((place) => fileURLToPath(inApp(place))))) {
    if ((await stat(file)).mtimeMs > builtAt) return true;
  }
  return false;
}

// An image holds the build alone.
if (existsSync(scripts)) {
  await import(new URL("system/require-node.mjs", scripts).href);
  if (await isStale()) {
    const script = fileURLToPath(new URL("build.mjs", scripts));
    // Standard output belongs to the transcript: the build tells its progress on the other one.
    const { status } = spawnSync(process.execPath, [script], { stdio: ["ignore", 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
}
await import(command.href);
