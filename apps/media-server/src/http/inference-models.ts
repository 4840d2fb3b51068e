import { AppError, fromWireError, wireErrorSchema } from "@parley/shared/errors";
import { engineHouseSchema, type EngineHouse } from "@parley/shared/protocol/house-api";
import {
  modelsOverviewSchema,
  type ModelAction,
  type ModelsOverview,
} from "@parley/shared/protocol/models-api";
import { z } from "zod";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { inferenceAddress } from "./inference-address";

/** Reading the overview takes a look at the disk. */
const overviewTimeoutMs = 4_000;
/** Using a model may load it first. */
const actionTimeoutMs = 30_000;

const failureSchema = z.object({ error: wireErrorSchema });

/** HTTP client for the inference server's models API. */
export class InferenceModels {
  readonly #directory: Pick<WorkerDirectory, "workers">;
  readonly #headers: Record<string, string>;

  /**
   * @param directory the workers; the first that serves is asked
   * @param key the key that both servers share; null where none is needed
   */
  constructor(directory: Pick<WorkerDirectory, "workers">, key: string | null) {
    this.#headers = key === null ? {} : { authorization: `Bearer ${key}` };
    this.#directory = directory;
  }

  /** @throws AppError as {@link InferenceModels.act} does */
  overview(): Promise<ModelsOverview> {
    return this.#ask("/api/models", modelsOverviewSchema, "GET", overviewTimeoutMs);
  }

  /**
   * What hears, thinks and speaks.
   *
   * @throws AppError as {@link InferenceModels.act} does
   */
  house(): Promise<EngineHouse> {
    return this.#ask("/api/house", engineHouseSchema, "GET", overviewTimeoutMs);
  }

  /**
   * @param name a model's, checked to be a plain path segment; a precision may follow it
   * @throws AppError with inference's own code; `agent-unavailable` when it cannot be reached or is
   *   too slow, `protocol-mismatch` when its answer is malformed
   */
  act(name: string, action: ModelAction): Promise<ModelsOverview> {
    const path = `models/${encodeURIComponent(name)}/${action}`;
    return this.#ask(`/api/${path}`, modelsOverviewSchema, "POST", actionTimeoutMs);
  }

  async #ask<Answer>(
    path: string,
    schema: z.ZodType<Answer>,
    method: "GET" | "POST",
    ms: number,
  ): Promise<Answer> {
    const { isOk, json } = await exchange(`${inferenceAddress(this.#directory)}${path}`, {
      method,
      signal: AbortSignal.timeout(ms),
      headers: this.#headers,
    });
    if (!isOk) {
      const failure = failureSchema.safeParse(json);
      if (failure.success) throw fromWireError(failure.data.error);
    }
    const answer = schema.safeParse(json);
    if (isOk && answer.success) return answer.data;
    throw new AppError(
      "protocol-mismatch",
      "The inference server’s answer about models is malformed.",
      {
        cause: answer.error,
      },
    );
  }
}

/** @returns `json` is null where the body is not JSON */
async function exchange(
  url: string,
  request: RequestInit,
): Promise<{ isOk: boolean; json: unknown }> {
  try {
    const response = await fetch(url, { ...request, redirect: "error" });
    const text = await response.text();
    return { isOk: response.ok, json: parseJson(text) };
  } catch (cause) {
    throw new AppError("agent-unavailable", "The inference server does not answer.", {
      cause,
      isRetryable: true,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
