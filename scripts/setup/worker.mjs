import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runStep } from "../report/step.mjs";
import { installDebianPackages } from "../system/debian-packages.mjs";
import { cacheFolder, workerFolder } from "../system/folders.mjs";
import { withLock } from "../system/lock.mjs";
import { isStamped, writeStamp } from "../system/stamp.mjs";
import { CommandFailed, runCommand } from "../system/run-command.mjs";
import { buildWorker } from "./worker-build.mjs";
import { downloadWorker, prebuiltWorkerAddress, WORKER_FILE_NAME } from "./worker-download.mjs";
import { checkDownload, recordDownload } from "./worker-hashes.mjs";
import { missingBuildPackages } from "./worker-requirements.mjs";

const VERIFY_SCRIPT = fileURLToPath(new URL("verify-worker.mjs", import.meta.url));
const VERIFY_MS = 30_000;

/** Exit code of a worker that is started by hand, which proves that it loads. */
const LOADS_EXIT_CODE = 41;

/**
 * @param {string} binary
 * @returns {Promise<string>}
 */
async function hashOfBinary(binary) {
  return createHash("sha256")
    .update(await readFile(binary))
    .digest("hex");
}

/**
 * Verifies a binary thoroughly, once: a stamp with its hash skips that on the next start.
 *
 * @param {string} binary
 * @param {string} stampFile
 * @returns {Promise<string | null>} Why it does not work here, or null when it does.
 */
async function findFault(binary, stampFile) {
  const hash = await hashOfBinary(binary).catch(() => null);
  if (hash === null) return "there is no such file";
  const { status, error } = spawnSync(binary, { env: {}, stdio: "ignore", timeout: VERIFY_MS });
  if (status !== LOADS_EXIT_CODE) return `it does not run here (${error?.message ?? status})`;
  if (await isStamped(stampFile, hash)) return null;
  try {
    await runCommand(process.execPath, [VERIFY_SCRIPT, binary], { deadlineMs: VERIFY_MS });
  } catch (failure) {
    return failure instanceof CommandFailed
      ? `${failure.message}\n${failure.output}`
      : `${failure}`;
  }
  await writeStamp(stampFile, hash);
  return null;
}

/**
 * Installs a binary atomically, so that no process ever starts half of one.
 *
 * @param {string} binary
 * @param {string} place
 */
async function moveIntoPlace(binary, place) {
  const beside = `${place}.${process.pid}`;
  await copyFile(binary, beside);
  await chmod(beside, 0o755);
  await rename(beside, place);
}

/**
 * Tries mediasoup's own prebuilt binary. The hash of the archive is compared with what is known, shown
 * and recorded.
 *
 * @param {{ version: string, repository: { url: string } }} mediasoup
 * @param {string} place
 * @param {string} stampFile
 * @param {string} workFolder
 * @param {string} recordFile
 * @returns {Promise<boolean>} False when there is none to be had; the reason is printed.
 */
async function downloadIntoPlace(mediasoup, place, stampFile, workFolder, recordFile) {
  /** @type {import("./worker-hashes.mjs").CheckedDownload | undefined} */
  let checked;
  try {
    await runStep(
      "Downloading the mediasoup worker",
      async (progress) => {
        const address = prebuiltWorkerAddress(mediasoup);
        const binary = path.join(workFolder, WORKER_FILE_NAME);
        const check = async (/** @type {Buffer} */ archive) => {
          checked = await checkDownload(archive, address, recordFile);
        };
        await writeFile(binary, await downloadWorker(address, progress, { check }), {
          mode: 0o755,
        });
        const fault = await findFault(binary, stampFile);
        if (fault !== null) throw new Error(fault);
        await moveIntoPlace(binary, place);
        if (checked !== undefined) await recordDownload(checked, recordFile);
      },
      { hint: "a few seconds; without a connection it is built instead" },
    );
    if (checked !== undefined) {
      const { name, hash, basis } = checked;
      console.log(`  ${name}: SHA-256 ${hash}, compared with ${basis}.`);
    }
    return true;
  } catch (error) {
    console.log(`  No prebuilt worker: ${error instanceof Error ? error.message : String(error)}.`);
    return false;
  }
}

/**
 * Builds the binary and puts it in place.
 *
 * @param {string} packageFolder
 * @param {string} place
 * @param {string} stampFile
 * @param {string} workFolder
 */
async function buildIntoPlace(packageFolder, place, stampFile, workFolder) {
  const missing = await missingBuildPackages();
  if (missing.length > 0) {
    await runStep(
      `Installing what the mediasoup worker's build needs: ${missing.join(", ")}`,
      (progress) => installDebianPackages(missing, "to build the mediasoup worker", progress),
      { hint: "about 1 minute" },
    );
  }
  await runStep(
    "Building the mediasoup worker",
    async (progress) => {
      const binary = await buildWorker(packageFolder, path.join(workFolder, "sources"), progress);
      const fault = await findFault(binary, stampFile);
      if (fault !== null) throw new Error(`The worker was built but does not work: ${fault}`);
      await moveIntoPlace(binary, place);
    },
    { hint: "once per mediasoup version, 1 to 3 minutes" },
  );
}

/**
 * Finds or makes the mediasoup worker for this machine.
 *
 * In order: the binary that MEDIASOUP_WORKER_BIN names, the cached one, mediasoup's prebuilt one, one
 * built here.
 *
 * @param {string} repository
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<string>} The path of a binary that works.
 */
export async function obtainWorker(repository, environment = process.env) {
  const packageFolder = path.join(repository, "node_modules", "mediasoup");
  const mediasoup = JSON.parse(await readFile(path.join(packageFolder, "package.json"), "utf8"));
  const folder = workerFolder(cacheFolder(environment), mediasoup.version);
  const place = path.join(folder, WORKER_FILE_NAME);
  const stampFile = path.join(folder, "verified");

  const given = environment.MEDIASOUP_WORKER_BIN;
  if (given) {
    const fault = await findFault(given, path.join(folder, "verified-given"));
    if (fault === null) return path.resolve(given);
    console.log(`  MEDIASOUP_WORKER_BIN names a worker that cannot be used: ${fault}`);
  }
  if ((await findFault(place, stampFile)) === null) return place;

  await mkdir(folder, { recursive: true });
  const onWait = () => console.log("  Another Parley is obtaining the mediasoup worker; waiting.");
  await withLock(
    path.join(folder, "lock"),
    async () => {
      if ((await findFault(place, stampFile)) === null) return;
      const workFolder = await mkdtemp(path.join(os.tmpdir(), "parley-worker-"));
      try {
        const record = path.join(folder, "..", "downloads.json");
        if (!(await downloadIntoPlace(mediasoup, place, stampFile, workFolder, record))) {
          await buildIntoPlace(packageFolder, place, stampFile, workFolder);
        }
      } finally {
        await rm(workFolder, { recursive: true, force: true });
      }
    },
    { onWait },
  );
  return place;
}
