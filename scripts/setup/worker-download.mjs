import os from "node:os";
import { gunzipSync } from "node:zlib";
import { readFileFromTar } from "./tar-archive.mjs";

const CONNECT_MS = 10_000;
const STALL_MS = 15_000;
const LARGEST_BYTES = 200 * 1024 * 1024;

/** The binary's file name, inside mediasoup's archives and in our cache. */
export const WORKER_FILE_NAME =
  process.platform === "win32" ? "mediasoup-worker.exe" : "mediasoup-worker";

/**
 * URL of mediasoup's prebuilt worker for a platform. The names are those of its own install script
 * (`npm-scripts.mjs` in its package), and so is the variable that overrides the base URL.
 *
 * @param {{ version: string, repository: { url: string } }} mediasoup Its package.json.
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {{ platform: string, architecture: string, release: string }} [machine]
 * @returns {string}
 */
export function prebuiltWorkerAddress(
  mediasoup,
  environment = process.env,
  machine = { platform: os.platform(), architecture: os.arch(), release: os.release() },
) {
  const repository = mediasoup.repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  const base =
    environment.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || `${repository}/releases/download`;
  const kernel =
    machine.platform === "linux" ? `-kernel${Number(machine.release.split(".")[0])}` : "";
  const name = `mediasoup-worker-${mediasoup.version}-${machine.platform}-${machine.architecture}${kernel}.tgz`;
  return `${base.replace(/\/$/, "")}/${mediasoup.version}/${name}`;
}

/**
 * Reads a response's body, reporting progress, and aborts when nothing arrives for a while.
 *
 * @param {Response} response
 * @param {AbortController} abort
 * @param {number} stallMs
 * @param {(text: string) => void} progress
 */
async function readBody(response, abort, stallMs, progress) {
  const expected = Number(response.headers.get("content-length") ?? 0);
  /** @type {Uint8Array[]} */
  const parts = [];
  let received = 0;
  const giveUp = () => abort.abort(new Error(`nothing came for ${stallMs / 1000} s`));
  let stalled = setTimeout(giveUp, stallMs);
  try {
    for await (const part of response.body ?? []) {
      clearTimeout(stalled);
      stalled = setTimeout(giveUp, stallMs);
      parts.push(part);
      received += part.length;
      if (received > LARGEST_BYTES) throw new Error("the file is far larger than a worker can be");
      if (expected > 0) progress(`${Math.floor((100 * received) / expected)} %`);
    }
  } finally {
    clearTimeout(stalled);
  }
  return Buffer.concat(parts);
}

/**
 * Downloads a prebuilt worker. Rejects with a short reason when there is none or it is damaged.
 *
 * @param {string} address From {@link prebuiltWorkerAddress}.
 * @param {(text: string) => void} progress
 * @param {{ connectMs?: number, stallMs?: number, check?: (archive: Buffer) => Promise<void> }} [options]
 *   `check` sees the archive before it is unpacked, and may reject it.
 * @returns {Promise<Buffer>} The binary.
 */
export async function downloadWorker(address, progress, options = {}) {
  const { connectMs = CONNECT_MS, stallMs = STALL_MS, check } = options;
  const abort = new AbortController();
  const connecting = setTimeout(
    () => abort.abort(new Error(`no answer within ${connectMs / 1000} s`)),
    connectMs,
  );
  try {
    const response = await fetch(address, { signal: abort.signal });
    clearTimeout(connecting);
    if (response.status === 404) throw new Error("none is published for this kind of machine");
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const archive = await readBody(response, abort, stallMs, progress);
    await check?.(archive);
    return readFileFromTar(gunzipSync(archive), WORKER_FILE_NAME);
  } catch (error) {
    // The reason of `fetch`'s "fetch failed" is in its cause.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(cause instanceof Error ? cause.message : String(cause), { cause: error });
  } finally {
    clearTimeout(connecting);
    abort.abort();
  }
}
