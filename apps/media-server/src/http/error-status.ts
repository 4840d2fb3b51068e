import type { ErrorCode } from "@parley/shared/errors";

/** HTTP status of each error code. */
export const errorStatus: Readonly<Record<ErrorCode, number>> = {
  "invalid-request": 400,
  "invalid-state": 409,
  "protocol-mismatch": 409,
  "room-not-found": 404,
  "room-full": 409,
  "room-elsewhere": 421,
  "not-joined": 403,
  "not-found": 404,
  "operator-only": 401,
  "frame-malformed": 400,
  "frame-too-large": 413,
  "frame-out-of-order": 400,
  "audio-unsupported": 415,
  "at-capacity": 503,
  "model-mismatch": 500,
  "agent-unavailable": 503,
  "media-unavailable": 503,
  "storage-unavailable": 507,
  "too-many-requests": 429,
  timeout: 504,
  internal: 500,
};
