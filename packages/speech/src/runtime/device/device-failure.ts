import { AppError, errorMessage } from "@parley/shared/errors";
import type { ExecutionProvider } from "../execution-providers";

/**
 * A run that failed on an accelerator, for lack of memory or by a lost device. What lay on the device
 * is gone, so the engine's thread ends with it, and the next one leaves the provider out.
 */
export class DeviceFailure extends AppError {
  readonly provider: ExecutionProvider;

  constructor(provider: ExecutionProvider, file: string, cause: unknown) {
    const [reason = ""] = errorMessage(cause).split("\n");
    const message = `${provider} failed at ${file}: ${reason.slice(0, 200)}`;
    super("agent-unavailable", message, { cause, isRetryable: true });
    this.provider = provider;
  }
}
