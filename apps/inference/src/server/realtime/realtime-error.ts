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
    const refusal = refusalOf(error);
    return { type: "invalid_request_error", ...refusal, event_id: eventId };
  }
  const { code, message } = toWireError(error);
  const isOurs = !(error instanceof AppError) || error.isRetryable;
  const type = isOurs ? "server_error" : "invalid_request_error";
  return { type, code: code.replaceAll("-", "_"), message, param: null, event_id: eventId };
}

const maxParam = 200;
const codeSchema = z.object({ params: z.object({ code: z.string() }) });

/** Refusal of a value, with its field, and itself as far as it is short. */
export function refusalOf({ issues }: z.ZodError): {
  code: string;
  message: string;
  param: string | null;
} {
  const [issue] = issues;
  const code = codeSchema.safeParse(issue).data?.params.code ?? "invalid_value";
  if (issue === undefined || issue.path.length === 0) {
    return { code, message: "The event does not fit.", param: null };
  }
  // Names of fields are the client's, too, and may be as long as an event.
  const param = issue.path.join(".").slice(0, maxParam);
  const message = `Invalid value for '${param}': ${shown(wrongValue(issue))}. ${issue.message}`;
  return { code, message: message.slice(0, 500), param };
}

/** Of objects that are told apart by a field, the issue has the object in the field's place. */
function wrongValue({ input, code, path }: z.core.$ZodIssue): unknown {
  const fields = z.record(z.string(), z.unknown()).safeParse(input).data;
  const field = path.at(-1);
  return code === "invalid_union" && typeof field === "string" && fields !== undefined
    ? fields[field]
    : input;
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "[…]" : "{…}";
  if (typeof value !== "string") return String(value);
  return value.length > 60 ? `"${value.slice(0, 60)}…"` : `"${value}"`;
}
