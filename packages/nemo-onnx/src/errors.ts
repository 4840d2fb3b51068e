/**
 * Kinds of problem with a model:
 *
 * - `malformed`: the bytes violate their file format;
 * - `refused`: well-formed but not allowed: a pickle that calls code, a path that escapes the
 *   archive, a size beyond the limits;
 * - `unsupported`: a valid model of a kind that this package does not handle;
 * - `mismatch`: parts that contradict each other: a shape, a vocabulary, a checksum.
 */
export type ModelErrorCode = "malformed" | "refused" | "unsupported" | "mismatch";

/** A model that cannot be used. The message names the file and the offending value. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "ModelError";
    this.code = code;
  }
}
