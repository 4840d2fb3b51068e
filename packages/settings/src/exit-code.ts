import { AppError, type ErrorCode } from "@parley/shared/errors";

/**
 * Exit code of a server that cannot start with what is set: EX_CONFIG of sysexits.h. Starting it
 * again would not help, so scripts/run/supervisor.mjs, which knows the number too, does not.
 */
export const unusableSettings = 78;

/** Failures whose cause is a setting: the file, model or value that it names. */
const causedBySettings: readonly ErrorCode[] = ["invalid-request", "not-found", "model-mismatch"];

/** Exit code of a server whose start has failed. */
export function startFailureCode(error: unknown): number {
  const isHopeless = error instanceof AppError && causedBySettings.includes(error.code);
  return isHopeless && !error.isRetryable ? unusableSettings : 1;
}
