import type { Clock } from "@parley/shared/async/clock";
import { openSdk } from "./open-sdk";
import type { Tracing } from "./tracing";

export type TracingOptions = {
  /** Name of the server among those that are traced, unless `OTEL_SERVICE_NAME` gives another. */
  service: string;
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`; null: nothing is traced. */
  endpoint: string | null;
  /** `OTEL_EXPORTER_OTLP_PROTOCOL`. */
  protocol: "http/protobuf" | "http/json";
  /** `OTEL_SDK_DISABLED`. */
  isDisabled: boolean;
  hasSpeech: boolean;
  clock: Clock;
  /** Told when traces cannot be sent. */
  warn: (details: object, message: string) => void;
};

/** Limit of the last sending, when the server ends, in ms. */
const lastSendingMs = 1_000;

/**
 * Starts OpenTelemetry's SDK where a collector is set. It reads its standard variables itself, among
 * them `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG`,
 * `OTEL_RESOURCE_ATTRIBUTES` and those of its batches.
 *
 * @returns null where nothing is traced
 */
export async function startTracing(options: TracingOptions): Promise<Tracing | null> {
  if (options.endpoint === null || options.isDisabled) return null;
  const { tracer, shutDown } = await openSdk(options);
  let closing: Promise<void> | null = null;
  const close = () =>
    new Promise<void>((resolve) => {
      const cancel = options.clock.schedule(lastSendingMs, resolve);
      // A collector that is gone keeps nobody from ending.
      void shutDown()
        .catch(() => undefined)
        .then(() => {
          cancel();
          resolve();
        });
    });
  return { tracer, hasSpeech: options.hasSpeech, close: () => (closing ??= close()) };
}
