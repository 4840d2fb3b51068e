import { AppError, type ErrorCode } from "@parley/shared/errors";

/** A failure that a retry may overcome. */
export class TransientFailure extends AppError {
  constructor(
    code: ErrorCode,
    message: string,
    /** The server's `Retry-After` in milliseconds; null without one. */
    readonly retryAfterMs: number | null = null,
    options: { cause?: unknown } = {},
  ) {
    super(code, message, { ...options, isRetryable: true });
    this.name = "TransientFailure";
  }
}

/** No server answered: no network, no such name, a connection refused or cut. */
export class HubUnreachable extends TransientFailure {
  constructor(
    endpoint: string,
    /** What the system said, for logs: "getaddrinfo ENOTFOUND huggingface.co". */
    readonly detail: string,
    options: { cause?: unknown } = {},
  ) {
    super("timeout", `${hubTitle(endpoint)} cannot be reached`, null, options);
    this.name = "HubUnreachable";
  }
}

/** A hub's name for people: "Hugging Face", or the host of a mirror. */
export function hubTitle(endpoint: string): string {
  const { host } = new URL(endpoint);
  return host === "huggingface.co" ? "Hugging Face" : host;
}

export type RequestContext = {
  /** Subject of the request in error messages. */
  what: string;
  repository: string;
  endpoint: string;
  hasToken: boolean;
  /** Unix time in milliseconds. */
  nowMs: number;
};

/** Maps an unsuccessful answer to an error with advice. */
export function failureOf(response: Response, context: RequestContext): AppError {
  const { status, headers } = response;
  const { what, repository, endpoint, hasToken } = context;
  const reason = headers.get("x-error-code") ?? "";
  // The hub answers 401 for missing repositories, so as not to reveal private ones.
  if (status === 404 || reason === "RepoNotFound") {
    const remark = hasToken ? "" : " (a private one would need HF_TOKEN)";
    return new AppError("not-found", `${endpoint} has no ${what}${remark}`);
  }
  if (status === 401 || status === 403) {
    const page = `${endpoint}/${repository}`;
    return new AppError(
      "invalid-request",
      hasToken
        ? `${repository} is gated, and this token has no access: accept its licence at ${page} with the token's account, and see that HF_TOKEN may read gated repositories`
        : `${repository} is gated: accept its licence at ${page}, make a token at ${endpoint}/settings/tokens, and set HF_TOKEN to it`,
    );
  }
  const retryAfterMs = readRetryAfter(headers.get("retry-after"), context.nowMs);
  if (status === 429) {
    return new TransientFailure("too-many-requests", `${what}: too many requests`, retryAfterMs);
  }
  if (status >= 500 || status === 408) {
    return new TransientFailure(
      "timeout",
      `${what}: the server answers with status ${status}`,
      retryAfterMs,
    );
  }
  return new AppError("internal", `${what}: the server answers with status ${status}`);
}

/** Parses `Retry-After`: seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null;
  if (/^\d+$/u.test(value)) return Number(value) * 1_000;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
