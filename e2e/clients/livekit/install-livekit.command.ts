/**
 * Installs LiveKit's packages into the cache folder: they bring some 300 MB of programs for each system,
 * too much for everybody who tests Parley. Once they are there, `npm test` tries them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasLivekit, livekitFolder, livekitPackages, livekitStamp } from "./livekit-packages";

if (!hasLivekit()) {
  process.stdout.write(`LiveKit's packages, some 300 MB, are installed into ${livekitFolder}.\n`);
  rmSync(livekitFolder, { recursive: true, force: true });
  mkdirSync(livekitFolder, { recursive: true });
  writeFileSync(join(livekitFolder, "package.json"), '{ "private": true }\n');
  const options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...options, ...livekitPackages], {
    cwd: livekitFolder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  writeFileSync(livekitStamp, "");
}
