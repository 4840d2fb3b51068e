import { AppError } from "@parley/shared/errors";

/** Failures shown to the user; the web app has the words for them (`problem-text.ts`). */
export type ProblemCode =
  | "permission-denied"
  | "no-microphone"
  | "microphone-in-use"
  | "insecure-page"
  | "unsupported-browser"
  | "server-unreachable"
  | "media-unavailable"
  | "room-not-found"
  | "room-full"
  | "room-closed"
  | "version-mismatch"
  | "at-capacity"
  | "too-many-requests"
  | "storage-unavailable"
  | "internal";

/** Error with a problem code, for failures that are shown to the user. */
export class ProblemError extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options: { cause?: unknown } = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "ProblemError";
    this.code = code;
  }
}

/** Problem code of anything thrown. */
export function problemOf(error: unknown): ProblemCode {
  if (error instanceof ProblemError) return error.code;
  if (!(error instanceof AppError)) return "internal";
  switch (error.code) {
    case "room-not-found":
    case "room-full":
    case "media-unavailable":
    case "at-capacity":
    case "too-many-requests":
    case "storage-unavailable":
      return error.code;
    case "protocol-mismatch":
      return "version-mismatch";
    case "timeout":
    case "invalid-state":
      return "server-unreachable";
    default:
      return "internal";
  }
}

/** True where retrying cannot help and the user has to act. */
export function isPermanentProblem(problem: ProblemCode): boolean {
  switch (problem) {
    case "room-not-found":
    case "room-full":
    case "room-closed":
    case "version-mismatch":
    case "unsupported-browser":
    case "insecure-page":
      return true;
    case "permission-denied":
    case "no-microphone":
    case "microphone-in-use":
    case "server-unreachable":
    case "media-unavailable":
    case "at-capacity":
    case "too-many-requests":
    case "storage-unavailable":
    case "internal":
      return false;
  }
}
