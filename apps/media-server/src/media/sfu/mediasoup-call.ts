import { AppError, errorMessage } from "@parley/shared/errors";

/**
 * Makes a call to mediasoup. mediasoup checks the browser's parameters itself, so its errors become
 * `invalid-request`.
 */
export async function mediasoupCall<Value>(call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid-request", `mediasoup refused: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}
