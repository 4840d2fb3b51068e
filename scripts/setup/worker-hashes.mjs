import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * SHA-256 of mediasoup's published archives by their file names, such as
 * `mediasoup-worker-3.27.1-linux-x64-kernel6.tgz`. Its npm package states none, so a hash belongs here
 * only once somebody has compared it with the release page. Without one a first download is trusted
 * as far as HTTPS and the host are; later ones must be the same.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const PUBLISHED_HASHES = {};

/** @typedef {{ name: string, hash: string, basis: string }} CheckedDownload */

/**
 * Compares a downloaded archive with what is known about it: MEDIASOUP_WORKER_SHA256, then the table
 * above, then what was downloaded under this name before.
 *
 * @param {Uint8Array} archive
 * @param {string} address
 * @param {string} recordFile JSON of hashes by name, of {@link recordDownload}.
 * @param {{ environment?: NodeJS.ProcessEnv, published?: Readonly<Record<string, string>> }} [known]
 * @returns {Promise<CheckedDownload>} Its hash, and what that was compared with.
 * @throws {Error} When they differ.
 */
export async function checkDownload(archive, address, recordFile, known = {}) {
  const { environment = process.env, published = PUBLISHED_HASHES } = known;
  const name = path.posix.basename(new URL(address).pathname);
  const hash = createHash("sha256").update(archive).digest("hex");
  const recorded = await readRecord(recordFile);
  const expectations = [
    { wanted: environment.MEDIASOUP_WORKER_SHA256, basis: "MEDIASOUP_WORKER_SHA256" },
    { wanted: published[name], basis: "the published hash" },
    { wanted: recorded[name], basis: "the earlier download" },
  ];
  const first = expectations.find(({ wanted }) => wanted);
  if (first?.wanted === undefined) return { name, hash, basis: "nothing: no hash is known" };
  if (first.wanted.toLowerCase() === hash) return { name, hash, basis: first.basis };
  throw new Error(
    `${name} has the SHA-256 ${hash}, which differs from ${first.basis} (${first.wanted}); it was not unpacked`,
  );
}

/**
 * Records the hash of an archive whose binary works here, for the next download of the same name.
 *
 * @param {CheckedDownload} download
 * @param {string} recordFile
 */
export async function recordDownload({ name, hash }, recordFile) {
  const recorded = { ...(await readRecord(recordFile)), [name]: hash };
  await mkdir(path.dirname(recordFile), { recursive: true });
  const beside = `${recordFile}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(recorded, null, 2)}\n`);
  await rename(beside, recordFile);
}

/**
 * @param {string} recordFile
 * @returns {Promise<Record<string, string>>}
 */
async function readRecord(recordFile) {
  const text = await readFile(recordFile, "utf8").catch(() => "{}");
  try {
    return JSON.parse(text);
  } catch {
    // A record that cannot be read must not look like one that allows everything.
    throw new Error(`${recordFile} is no JSON; remove it to trust the next download anew`);
  }
}
