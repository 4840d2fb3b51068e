import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, key, list, onOrOff, oneOf, text } from "../value-kinds";

const servers = ["inference", "media-server"] as const;
const toBoth = { inference: passedOn, "media-server": passedOn };

/**
 * Metrics for Prometheus, traces for OpenTelemetry. The SDK reads more variables of its own, which may
 * be set as well.
 */
export const observability = {
  METRICS_KEY: setting({
    meaning:
      "lets its bearer read `/metrics` of both servers from other machines; 16 characters or more, without spaces",
    value: key,
    unset: "none: only this machine may",
    readBy: servers,
    isSecret: true,
    containers: toBoth,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting({
    meaning:
      "a collector of traces (OTLP over HTTP), such as `http://localhost:4318`: each turn becomes one trace",
    value: address("http", "https"),
    unset: "nothing is traced",
    readBy: servers,
    containers: toBoth,
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: setting({
    meaning: "`http/protobuf` or `http/json`",
    value: oneOf(["http/protobuf", "http/json"]),
    default: "http/protobuf",
    readBy: servers,
    containers: toBoth,
  }),
  OTEL_EXPORTER_OTLP_HEADERS: setting({
    meaning: "headers for the collector: `name=value`, separated by commas",
    value: list,
    unset: "none",
    readBy: servers,
    isSecret: true,
    onlyWith: "OTEL_EXPORTER_OTLP_ENDPOINT",
    containers: toBoth,
  }),
  OTEL_TRACES_SAMPLER: setting({
    meaning: "which turns are traced, such as `parentbased_traceidratio`",
    value: text,
    unset: "every turn",
    readBy: servers,
    onlyWith: "OTEL_EXPORTER_OTLP_ENDPOINT",
    containers: toBoth,
  }),
  OTEL_TRACES_SAMPLER_ARG: setting({
    meaning: "the sampler's argument, such as `0.1` for one turn in ten",
    value: text,
    unset: "the sampler's own",
    readBy: servers,
    onlyWith: "OTEL_TRACES_SAMPLER",
    containers: toBoth,
  }),
  OTEL_RESOURCE_ATTRIBUTES: setting({
    meaning: "what the collector is told of this machine: `name=value`, separated by commas",
    value: list,
    unset: "nothing",
    readBy: servers,
    onlyWith: "OTEL_EXPORTER_OTLP_ENDPOINT",
    containers: toBoth,
  }),
  OTEL_SDK_DISABLED: setting({
    meaning: "`true` switches tracing off, whatever else is set",
    value: onOrOff,
    default: "false",
    readBy: servers,
    containers: toBoth,
  }),
  TRACE_SPEECH: setting({
    meaning: "`true` puts what people and the agent say into traces",
    value: onOrOff,
    default: "false",
    readBy: servers,
    onlyWith: "OTEL_EXPORTER_OTLP_ENDPOINT",
    containers: toBoth,
  }),
} satisfies Settings;
