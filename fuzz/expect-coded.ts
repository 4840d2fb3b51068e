import { toWireError } from "@parley/shared/errors";
import { ModelError } from "@parley/nemo-onnx/errors";

/**
 * Runs a reader on hostile input: it may refuse with an error that has a code, and with no other.
 *
 * @returns its result; undefined when it refused
 * @throws Error for anything else that it throws
 */
export async function expectCoded<Result>(
  read: () => Result | Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ModelError || toWireError(error).code !== "internal") return undefined;
    throw new Error(`an error without a code: ${String(error)}`, { cause: error });
  }
}
