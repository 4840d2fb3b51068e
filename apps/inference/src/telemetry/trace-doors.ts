import { inClientTrace, traceRequests } from "@parley/telemetry/tracing/trace-requests";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import type { ObserveDoors } from "../contracts/door-observer";
import { tracedRecognizer } from "./traced-recognizer";
import { tracedSynthesizer } from "./traced-synthesizer";

/** Traces what passes through the speech endpoints, in the clients' own traces where they have some. */
export function traceDoors(tracing: Tracing): ObserveDoors {
  return {
    requests: (http) => {
      traceRequests(http, tracing, (route) => route.startsWith("/v1/audio/"));
    },
    socket: inClientTrace,
    engines: ({ recognizer, synthesizer }) => ({
      recognizer: tracedRecognizer(recognizer, tracing),
      synthesizer: tracedSynthesizer(synthesizer, tracing),
    }),
  };
}
