import { AppError, fromWireError, wireErrorSchema } from "@parley/shared/errors";
import { z } from "zod";

const failureSchema = z.object({ error: wireErrorSchema });

/**
 * Sends a request (POST where it has a body) and parses the answer.
 *
 * @throws AppError with the server's own code, or `timeout` when it cannot be reached.
 */
export async function requestJson<Value>(
  address: string,
  schema: z.ZodType<Value>,
  options: { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Value> {
  const response = await fetch(address, {
    ...(options.body === undefined
      ? { headers: { ...options.headers } }
      : {
          method: "POST",
          headers: { "content-type": "application/json", ...options.headers },
          body: JSON.stringify(options.body),
        }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).catch((cause: unknown) => {
    throw new AppError("timeout", `${address} could not be reached`, { cause, isRetryable: true });
  });
  const json: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const failure = failureSchema.safeParse(json);
    if (failure.success) throw fromWireError(failure.data.error);
    throw new AppError("internal", `${address} answered ${response.status}`, { isRetryable: true });
  }
  const value = schema.safeParse(json);
  if (value.success) return value.data;
  throw new AppError("protocol-mismatch", `malformed answer of ${address}`, { cause: value.error });
}
