import { AppError, errorCodeSchema, type ErrorCode } from "@parley/shared/errors";
import { z } from "zod";
import { settingsOf, titleOf, type RemoteMachine } from "./remote-machine";

/** The error of an HTTP answer or of a WebSocket notice. */
const errorSchema = z.object({ message: z.string(), code: z.unknown().optional() });
const bodySchema = z.object({ error: errorSchema });
export type RemoteErrorBody = z.infer<typeof errorSchema>;

const refusals = [401, 403];

/**
 * No connection, or a broken one. The server's own message is kept as the cause; the error's message
 * names only the machine.
 */
export function unreachable(machine: RemoteMachine, cause: unknown): AppError {
  const message = `${titleOf(machine)} cannot be reached${because(cause)}; see ${settingsOf(machine).url}.`;
  return new AppError("agent-unavailable", message, { cause, isRetryable: true });
}

/** An answer with an error status; `body` is the server's own error, if it sent one. */
export function badStatus(
  machine: RemoteMachine,
  status: number,
  body?: RemoteErrorBody,
): AppError {
  if (refusals.includes(status)) {
    const message = `${titleOf(machine)} refused the key (status ${status}); see ${settingsOf(machine).key}.`;
    return new AppError("agent-unavailable", message);
  }
  const isRetryable = status === 429 || status >= 500;
  const message = `${titleOf(machine)} failed (status ${status}).`;
  return new AppError(codeOf(body), message, { cause: body?.message, isRetryable });
}

/** An error notice on the WebSocket. */
export function badNotice(machine: RemoteMachine, body: RemoteErrorBody): AppError {
  const code = codeOf(body);
  const message = `${titleOf(machine)} failed (${code}).`;
  const isRetryable = code !== "invalid-request";
  return new AppError(code, message, { cause: body.message, isRetryable });
}

/** A connection that ended before the reply did. */
export function brokenOff(machine: RemoteMachine, why: string, cause?: unknown): AppError {
  const message = `${titleOf(machine)} broke off (${why}).`;
  return new AppError("agent-unavailable", message, { cause, isRetryable: true });
}

/** No message within the limit. */
export function tooSilent(machine: RemoteMachine, limitMs: number): AppError {
  const message = `${titleOf(machine)} was silent for ${limitMs / 1_000} s.`;
  return new AppError("timeout", message, { isRetryable: true });
}

/** @returns the error in a body of OpenAI's form; undefined for any other body */
export function readErrorBody(text: string): RemoteErrorBody | undefined {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data?.error;
  } catch {
    return undefined;
  }
}

/** The code of another Parley; other servers' codes are not ours. */
function codeOf(body: RemoteErrorBody | undefined): ErrorCode {
  return errorCodeSchema.safeParse(body?.code).data ?? "agent-unavailable";
}

function because(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const code = z.object({ code: z.string() }).safeParse(inner).data?.code;
  return code === undefined ? "" : ` (${code})`;
}
