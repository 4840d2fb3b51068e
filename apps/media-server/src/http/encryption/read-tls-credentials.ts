import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { TlsCredentials } from "./accept-tls";

/** Files of TLS_CERT and TLS_KEY. */
export type TlsFiles = { certificateFile: string; keyFile: string };

/**
 * Reads certificate and key, and tries them out.
 *
 * @throws AppError `invalid-request` that names the variable to correct
 */
export async function readTlsCredentials(files: TlsFiles): Promise<TlsCredentials> {
  const [cert, key] = await Promise.all([
    readPem("TLS_CERT", files.certificateFile),
    readPem("TLS_KEY", files.keyFile),
  ]);
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    const reason = errorMessage(cause);
    const message = `TLS_CERT and TLS_KEY must be PEM files that belong together: ${reason}`;
    throw new AppError("invalid-request", message, { cause });
  }
  return { cert, key };
}

async function readPem(variable: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const message = `${variable}=${file} cannot be read: ${errorMessage(cause)}`;
    throw new AppError("invalid-request", message, { cause });
  }
}
