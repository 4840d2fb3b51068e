import type { InferenceWorker } from "../contracts/inference-worker";

/**
 * The worker that pages are told of and the operator manages: the first that serves, or the first of
 * all; null when there is none.
 */
export function primaryWorker(workers: readonly InferenceWorker[]): InferenceWorker | null {
  return workers.find(({ isReady }) => isReady) ?? workers[0] ?? null;
}
