import type { Clock } from "@parley/shared/async/clock";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { metricsRoute } from "@parley/telemetry/metrics/metrics-route";
import { openRegistry } from "@parley/telemetry/metrics/open-registry";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import type { FastifyPluginCallback } from "fastify";
import type { ChatModel } from "../contracts/chat-model";
import type { ObserveDoors } from "../contracts/door-observer";
import type { ObserveSession } from "../contracts/session-observer";
import { BatchCollector } from "./batch-collector";
import { inferenceMetrics } from "./inference-metrics";
import { measuredChatModel } from "./measured-chat-model";
import { measuredRecognizer } from "./measured-recognizer";
import { measuredSynthesizer } from "./measured-synthesizer";
import { observeTogether } from "./observe-together";
import { SessionLogger, type ConversationLog } from "./session-logger";
import { SessionCounter } from "./session-counter";
import { traceDoors } from "./trace-doors";
import { TurnTracer } from "./turn-tracer";

type MeasurableEngines = { recognizer: Recognizer; synthesizer: Synthesizer; chatModel: ChatModel };

export type InferenceTelemetry = {
  /** Of each agent link. */
  observeSession: ObserveSession;
  /** Of the speech endpoints; null where nothing is traced. */
  observeDoors: ObserveDoors | null;
  /** `GET /metrics`. */
  route: FastifyPluginCallback;
  /** Puts a measure around each engine. Their batches are those of the engines measured last. */
  measure<Engines extends MeasurableEngines>(engines: Engines): Engines;
};

/** All that is measured in this server. */
export function openTelemetry({
  clock,
  metricsKey,
  tracing,
  log,
}: {
  clock: Clock;
  /** Null: nothing is traced. */
  tracing: Tracing | null;
  log: ConversationLog;
  /** The key of whoever may read metrics from elsewhere; null: only this machine may. */
  metricsKey: string | null;
}): InferenceTelemetry {
  const registry = openRegistry();
  const metrics = inferenceMetrics(registry);
  const batches = new BatchCollector(metrics);
  let measured: MeasurableEngines | null = null;
  return {
    observeSession: () =>
      observeTogether([
        new SessionCounter(metrics),
        new SessionLogger(log),
        ...(tracing === null ? [] : [new TurnTracer(tracing, clock)]),
      ]),
    observeDoors: tracing === null ? null : traceDoors(tracing),
    route: metricsRoute({
      registry,
      metricsKey,
      refresh: async () => {
        if (measured === null) return;
        await batches.collect({ recognizer: measured.recognizer, voice: measured.synthesizer });
      },
    }),
    measure: (engines) => {
      measured = engines;
      return {
        ...engines,
        recognizer: measuredRecognizer(engines.recognizer, metrics, clock),
        synthesizer: measuredSynthesizer(engines.synthesizer, metrics, clock),
        chatModel: measuredChatModel(engines.chatModel, metrics, clock),
      };
    },
  };
}
