import { errorMessage } from "@parley/shared/errors";

/** The words on the command line do not go together; ends with the exit code for wrong usage. */
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
  ["ECONNREFUSED", "nobody answers at this address"],
  ["ECONNRESET", "the connection broke"],
  ["ENOTFOUND", "there is no such host"],
]);

/** What a person reads on one line of anything thrown. */
export function failureMessage(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = systemFailures.get(code) ?? errorMessage(error);
  // The line names the file itself.
  return message
    .replace(/^file: /u, "")
    .replaceAll(/\s*\n\s*/gu, " ")
    .trim();
}
