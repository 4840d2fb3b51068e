import { AppError } from "@parley/shared/errors";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { primaryWorker } from "../workers/primary-worker";

/**
 * @returns address of the inference server that pages are told of, by HTTP and without a slash at its end
 * @throws AppError `agent-unavailable` when there is none
 */
export function inferenceAddress({ workers }: Pick<WorkerDirectory, "workers">): string {
  const worker = primaryWorker(workers);
  if (worker === null) {
    throw new AppError("agent-unavailable", "There is no inference server.", {
      isRetryable: true,
    });
  }
  return worker.url.replace(/^ws/u, "http").replace(/\/$/u, "");
}
