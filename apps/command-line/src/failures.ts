import { errorMessage } from "@parley/shared/errors";

/** Wrong usage of the command line, with an exit code of its own. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

const systemFailures: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "no such file"],
  ["ENOTDIR", "no such file"],
  ["EISDIR", "it is a directory"],
  ["EACCES", "permission denied"],
  ["ENOSPC", "the disk is full"],
  ["ECONNREFUSED", "nothing answers at this address"],
  ["ECONNRESET", "the connection broke"],
  ["ENOTFOUND", "there is no such host"],
]);

/** One line for people about a thrown value. */
export function failureMessage(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = systemFailures.get(code) ?? errorMessage(error);
  // The caller's line names the file already.
  return message
    .replace(/^file: /u, "")
    .replaceAll(/\s*\n\s*/gu, " ")
    .trim();
}
