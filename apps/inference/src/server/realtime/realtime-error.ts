import { AppError, toWireError } from "@parley/shared/errors";
import { z } from "zod";

/** Fields of an `error` event's error, as OpenAI's Realtime API has them. */
export type RealtimeErrorFields = {
  type: "invalid_request_error" | "server_error";
  code: string | null;
  message: string;
  param: string | null;
  /** Of the client's event that caused it. */
  event_id: string | null;
};

/** Refusal of one event of the client's, with the code that OpenAI's API has for it. */
export class RealtimeError extends Error {
  readonly code: string;
  readonly param: string | null;

  constructor(code: string, message: string, param: string | null = null) {
    super(message);
    this.code = code;
    this.param = param;
  }
}

/** Maps anything thrown; the texts of internal errors are not sent. */
export function realtimeErrorFields(error: unknown, eventId: string | null): RealtimeErrorFields {
  if (error instanceof RealtimeError) {
    const { code, message, param } = error;
    return { type: "invalid_request_error", code, message, param, event_id: eventId };
  }
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    const param = issue === undefined || issue.path.length === 0 ? null : issue.path.join(".");
    const message = (issue?.message ?? "invalid").slice(0, 500);
    const code = "invalid_value";
    return { type: "invalid_request_error", code, message, param, event_id: eventId };
  }
  const { code, message } = toWireError(error);
  const isOurs = !(error instanceof AppError) || error.isRetryable;
  const type = isOurs ? "server_error" : "invalid_request_error";
  return { type, code: code.replaceAll("-", "_"), message, param: null, event_id: eventId };
}
