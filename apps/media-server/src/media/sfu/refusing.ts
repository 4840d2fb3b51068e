import { AppError, errorMessage } from "@parley/shared/errors";

/** Runs a request of mediasoup's; what it refuses was asked for wrongly. */
export async function refusing<Value>(request: () => Promise<Value>): Promise<Value> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid-request", `mediasoup refused: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}
