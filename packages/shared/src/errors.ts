import { z } from "zod";

/**
 * Codes of every failure that may cross a process. Programs compare the code; the message is for
 * people and names the offending value.
 */
export const errorCodes = [
  "invalid-request",
  "invalid-state",
  "protocol-mismatch",
  "room-not-found",
  "room-full",
  "room-elsewhere",
  "not-joined",
  "not-found",
  "operator-only",
  "frame-malformed",
  "frame-too-large",
  "frame-out-of-order",
  "audio-unsupported",
  "model-mismatch",
  "at-capacity",
  "agent-unavailable",
  "media-unavailable",
  "storage-unavailable",
  "too-many-requests",
  "timeout",
  "internal",
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Wire form of an error. */
export const wireErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string().max(1_000),
  isRetryable: z.boolean(),
  /** Of the server that has the room, with `room-elsewhere`. */
  address: z.url().optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;

/** An error with a code from the table above. Programming errors throw `TypeError` instead. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** True when the same request may succeed later, unchanged. */
  readonly isRetryable: boolean;
  /** Where the same request would succeed; null where that is no matter of places. */
  readonly address: string | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; isRetryable?: boolean; address?: string | null } = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "AppError";
    this.code = code;
    this.isRetryable = options.isRetryable ?? false;
    this.address = options.address ?? null;
  }
}

/** Wire form of anything thrown. The text of unknown errors is withheld. */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) {
    return {
      code: error.code,
      message: error.message.slice(0, 1_000),
      isRetryable: error.isRetryable,
      ...(error.address === null ? {} : { address: error.address }),
    };
  }
  if (error instanceof z.ZodError) {
    return {
      code: "invalid-request",
      message: z.prettifyError(error).slice(0, 1_000),
      isRetryable: false,
    };
  }
  return { code: "internal", message: "Something failed on the server.", isRetryable: true };
}

/** Restores an error from its wire form. */
export function fromWireError(wire: WireError): AppError {
  const { code, message, isRetryable, address = null } = wire;
  return new AppError(code, message, { isRetryable, address });
}

/** The message of anything thrown, for logs. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
