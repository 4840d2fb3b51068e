import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { key } from "../value-kinds";

/** Metrics for Prometheus, traces for OpenTelemetry. */
export const observability = {
  METRICS_KEY: setting({
    meaning:
      "lets its bearer read `/metrics` of both servers from other machines; 16 characters or more, without spaces",
    value: key,
    unset: "none: only this machine may",
    readBy: ["inference", "media-server"],
    isSecret: true,
    containers: { inference: passedOn, "media-server": passedOn },
  }),
} satisfies Settings;
