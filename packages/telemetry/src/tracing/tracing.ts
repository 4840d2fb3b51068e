import type { Tracer } from "@opentelemetry/api";

/** Traces of one server, on their way to a collector. */
export type Tracing = {
  tracer: Tracer;
  /** Whether what people and the agent say may stand in traces. */
  hasSpeech: boolean;
  /** Sends what waits, for a second at most, and ends. Idempotent. */
  close(): Promise<void>;
};
