import { AppError } from "@parley/shared/errors";
import type { WorkerDirectory } from "../../contracts/inference-worker";
import { primaryWorker } from "../../workers/primary-worker";

/** A worker answers at once. */
const timeoutMs = 4_000;

/** Inference's own answer. */
export type SecretAnswer = { status: number; body: string };

/** Has ephemeral keys made by a worker, which alone knows them. */
export class InferenceSecrets {
  readonly #directory: Pick<WorkerDirectory, "workers">;
  readonly #headers: Record<string, string>;

  /** @param key the key that both servers share; null where none is needed */
  constructor(directory: Pick<WorkerDirectory, "workers">, key: string | null) {
    this.#directory = directory;
    this.#headers = {
      "content-type": "application/json",
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    };
  }

  /** @throws AppError `agent-unavailable` when there is no worker, or it does not answer */
  async create(body: unknown): Promise<SecretAnswer> {
    const worker = primaryWorker(this.#directory.workers);
    if (worker === null) throw unavailable();
    const base = worker.url.replace(/^ws/u, "http").replace(/\/$/u, "");
    try {
      const response = await fetch(`${base}/v1/realtime/client_secrets`, {
        method: "POST",
        headers: this.#headers,
        body: JSON.stringify(body ?? {}),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.status, body: await response.text() };
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}

function unavailable(cause?: unknown): AppError {
  const message = "The inference server does not answer.";
  return new AppError("agent-unavailable", message, { cause, isRetryable: true });
}
