import type { TracingOptions } from "./start-tracing";

/** The variables of tracing, as both servers read them. */
export type TracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined;
  OTEL_EXPORTER_OTLP_PROTOCOL: TracingOptions["protocol"];
  OTEL_SDK_DISABLED: boolean;
  TRACE_SPEECH: boolean;
};

/** How the variables set up the tracing of a server. */
export function tracingSettings(
  variables: TracingVariables,
): Pick<TracingOptions, "endpoint" | "protocol" | "isDisabled" | "hasSpeech"> {
  return {
    endpoint: variables.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    protocol: variables.OTEL_EXPORTER_OTLP_PROTOCOL,
    isDisabled: variables.OTEL_SDK_DISABLED,
    hasSpeech: variables.TRACE_SPEECH,
  };
}
