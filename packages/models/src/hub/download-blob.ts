import { AppError } from "@parley/shared/errors";
import { silenceMs } from "./hub-connection";
import type { HubBody, HubClient, HubFile } from "./hub-client";
import { TransientFailure } from "./hub-failure";
import { PartialFile } from "./partial-file";
import { type RetryOptions, Retries } from "./retries";

export type DownloadOptions = RetryOptions & {
  client: HubClient;
  /** Receives the bytes on disk so far; the count falls when the file is started over. */
  onPosition?: (bytes: number) => void;
};

/**
 * Downloads a file to `path` and verifies its checksum. It resumes after interruptions, those of
 * earlier runs included; bytes that arrived are kept after any failure.
 *
 * @throws AppError as `HubClient` does; `model-mismatch` after two wrong checksums, `at-capacity`
 *   when the disk is full; the signal's reason
 */
export async function downloadBlob(
  file: HubFile,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  const { signal, onPosition } = options;
  const partial = await PartialFile.open(path, file, signal);
  try {
    onPosition?.(partial.position);
    for (const isLast of [false, true]) {
      await fill(partial, file, options);
      if (await partial.verify()) return;
      if (isLast) throw new AppError("model-mismatch", `${nameOf(file)}: the checksum is wrong`);
    }
  } finally {
    await partial.close();
  }
}

async function fill(partial: PartialFile, file: HubFile, options: DownloadOptions): Promise<void> {
  const retries = new Retries(options);
  let validator: string | null = null;
  while (!partial.isWhole) {
    const before = partial.position;
    try {
      const body = await begin(partial, file, validator, options.client);
      validator = body.validator;
      await receive(body, partial, file, options);
    } catch (error) {
      if (partial.position > before) retries.reset();
      await retries.pauseAfter(error);
    }
  }
}

/** Requests the missing bytes. */
async function begin(
  partial: PartialFile,
  file: HubFile,
  validator: string | null,
  client: HubClient,
): Promise<HubBody> {
  const body = await client.open(file, partial.position, validator);
  if (body === null) {
    await partial.startAgain();
    throw new TransientFailure("timeout", `${nameOf(file)}: the server has no further bytes`);
  }
  if (body.totalBytes !== null && body.totalBytes !== file.bytes) {
    body.giveUp();
    const sizes = `${body.totalBytes} bytes instead of ${file.bytes}`;
    throw new TransientFailure("timeout", `${nameOf(file)}: the server sends ${sizes}`);
  }
  // The server may send the whole file instead of the requested range.
  if (body.start !== partial.position) await partial.startAgain();
  if (body.start !== partial.position) {
    body.giveUp();
    throw new TransientFailure("timeout", `${nameOf(file)}: the server sends another part`);
  }
  return body;
}

async function receive(
  body: HubBody,
  partial: PartialFile,
  file: HubFile,
  { clock, signal, onPosition }: DownloadOptions,
): Promise<void> {
  let cancelTimer = clock.schedule(silenceMs, body.giveUp);
  try {
    for await (const piece of body.pieces) {
      cancelTimer();
      signal.throwIfAborted();
      if (partial.position + piece.length > file.bytes) {
        await partial.startAgain();
        throw new AppError("model-mismatch", `${nameOf(file)}: longer than ${file.bytes} bytes`);
      }
      await write(partial, piece, file);
      onPosition?.(partial.position);
      cancelTimer = clock.schedule(silenceMs, body.giveUp);
    }
  } finally {
    cancelTimer();
    body.giveUp();
  }
  if (!partial.isWhole) {
    throw new TransientFailure("timeout", `${nameOf(file)}: the connection was cut`);
  }
}

async function write(partial: PartialFile, piece: Uint8Array, file: HubFile): Promise<void> {
  try {
    await partial.append(piece);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
    const missing = file.bytes - partial.position;
    const message = `${nameOf(file)}: the disk is full; ${missing} bytes more are needed; the downloaded part is kept`;
    throw new AppError("at-capacity", message, { cause: error });
  }
}

function nameOf({ repository, path }: HubFile): string {
  return `${repository}/${path}`;
}
