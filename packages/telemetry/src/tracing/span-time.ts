import type { HrTime } from "@opentelemetry/api";

/**
 * A Unix time in milliseconds as OpenTelemetry's. A bare number it would take for the time since the
 * process began, if it lies before that: stamps of another process do.
 */
export function spanTime(unixMs: number): HrTime {
  const seconds = Math.floor(unixMs / 1_000);
  return [seconds, Math.round((unixMs - seconds * 1_000) * 1e6)];
}
