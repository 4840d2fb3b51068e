import { AppError, type ErrorCode } from "@parley/shared/errors";

/** Something that may well go better soon. */
export class TransientFailure extends AppError {
  constructor(
    code: ErrorCode,
    message: string,
    /** How long the server asks to be left alone, in milliseconds. */
    readonly retryAfterMs: number | null = null,
    options: { cause?: unknown } = {},
  ) {
    super(code, message, { ...options, isRetryable: true });
    this.name = "TransientFailure";
  }
}

export type RequestContext = {
  /** What was asked for, as a person would say it. */
  what: string;
  repository: string;
  endpoint: string;
  hasToken: boolean;
  /** Unix time in milliseconds. */
  nowMs: number;
};

/** What an answer other than a success means, with what to do about it. */
export function failureOf(response: Response, context: RequestContext): AppError {
  const { status, headers } = response;
  const { what, repository, endpoint, hasToken } = context;
  const reason = headers.get("x-error-code") ?? "";
  // The hub answers 401 for repositories that are not there, lest it tells of private ones.
  if (status === 404 || reason === "RepoNotFound") {
    const remark = hasToken ? "" : " (a private one would need HF_TOKEN)";
    return new AppError("not-found", `${endpoint} has no ${what}${remark}`);
  }
  if (status === 401 || status === 403) {
    const page = `${endpoint}/${repository}`;
    return new AppError(
      "invalid-request",
      hasToken
        ? `${repository} is not open to this token: accept its licence at ${page} with the token's account, and see that HF_TOKEN may read gated repositories`
        : `${repository} is gated: accept its licence at ${page}, make a token at ${endpoint}/settings/tokens, and set HF_TOKEN to it`,
    );
  }
  const retryAfterMs = readRetryAfter(headers.get("retry-after"), context.nowMs);
  if (status === 429) {
    return new TransientFailure("too-many-requests", `${what}: too many requests`, retryAfterMs);
  }
  if (status >= 500 || status === 408) {
    return new TransientFailure("timeout", `${what}: the server says ${status}`, retryAfterMs);
  }
  return new AppError("internal", `${what}: the server says ${status}`);
}

/** Seconds or a date, as RFC 9110 (10.2.3) has it. */
function readRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  if (/^\d+$/u.test(value)) return Number(value) * 1_000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
