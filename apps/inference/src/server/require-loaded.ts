import { AppError } from "@parley/shared/errors";

/** Refusal of a request that comes before the engines are loaded. */
export function modelsLoadingError(): AppError {
  return new AppError("agent-unavailable", "The models are still loading.", { isRetryable: true });
}

/**
 * Engines are null until their models are loaded.
 *
 * @throws AppError `agent-unavailable`, retryable, until then
 */
export function requireLoaded<Engine>(engine: Engine | null): Engine {
  if (engine === null) throw modelsLoadingError();
  return engine;
}
