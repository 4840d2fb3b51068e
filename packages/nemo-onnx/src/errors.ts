/**
 * - `malformed`: the bytes are not what their format says;
 * - `refused`: well-formed, and forbidden: a pickle that calls code, a path that escapes, an absurd
 *   size;
 * - `unsupported`: a valid model of a kind that is not handled;
 * - `mismatch`: parts that do not fit each other: a shape, a vocabulary, a checksum.
 */
export type ModelErrorCode = "malformed" | "refused" | "unsupported" | "mismatch";

/** What is wrong with a model. The message names the file and the offending value. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "ModelError";
    this.code = code;
  }
}
