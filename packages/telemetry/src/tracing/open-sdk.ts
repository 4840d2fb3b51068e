import { context, diag, DiagLogLevel, type Tracer } from "@opentelemetry/api";

/**
 * OpenTelemetry's SDK, which registers no more than its way to know a request's context. It is loaded
 * only here: it takes 200 ms and 15 MB, and most never trace.
 */
export async function openSdk(options: {
  service: string;
  protocol: "http/protobuf" | "http/json";
  warn: (details: object, message: string) => void;
}): Promise<{ tracer: Tracer; shutDown: () => Promise<void> }> {
  const [
    { AsyncLocalStorageContextManager },
    { OTLPTraceExporter },
    { detectResources, envDetector, resourceFromAttributes },
    { BasicTracerProvider, BatchSpanProcessor },
  ] = await Promise.all([
    import("@opentelemetry/context-async-hooks"),
    options.protocol === "http/json"
      ? import("@opentelemetry/exporter-trace-otlp-http")
      : import("@opentelemetry/exporter-trace-otlp-proto"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/sdk-trace-base"),
  ]);
  const { service, warn } = options;
  const report = (reason: string) => {
    warn({ reason }, "OpenTelemetry reports a failure");
  };
  const ignore = () => undefined;
  const logger = { error: report, warn: report, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  const named = resourceFromAttributes({ "service.name": service });
  const provider = new BasicTracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  return {
    tracer: provider.getTracer("parley"),
    shutDown: async () => {
      await provider.shutdown();
      context.disable();
      diag.disable();
    },
  };
}
