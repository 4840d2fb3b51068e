import { documented, operation } from "@parley/api-document/operation";
import { bearerKey, isSameKey } from "@parley/admission/bearer-key";
import { isLocalRequest, type OriginatingRequest } from "@parley/admission/local-request";
import { AppError, toWireError } from "@parley/shared/errors";
import type { FastifyPluginCallback } from "fastify";
import type { Registry } from "prom-client";

export type MetricsRouteOptions = {
  registry: Registry;
  /** The key of whoever may read metrics from elsewhere; null: only this machine may. */
  metricsKey: string | null;
  /** Brings metrics up to date that are gathered only when somebody reads them. */
  refresh?: () => Promise<void>;
};

const readMetrics = operation({
  id: "readMetrics",
  group: "server",
  summary: "Metrics in Prometheus’ text form",
  access: "collector",
  answers: { 200: { description: "The metrics", content: { "text/plain": "text" } } },
  errors: { 403: "`operator-only`: neither this machine nor the key for metrics" },
});

/** `GET /metrics`, for Prometheus. They tell when people talk and how many, so strangers get none. */
export function metricsRoute({
  registry,
  metricsKey,
  refresh,
}: MetricsRouteOptions): FastifyPluginCallback {
  return (http, _options, done) => {
    http.get("/metrics", documented(readMetrics), async (request, reply) => {
      void reply.header("cache-control", "no-store");
      const { headers, socket } = request;
      if (!mayReadMetrics({ headers, peerAddress: socket.remoteAddress }, metricsKey)) {
        const message =
          "Metrics are for this machine, or for who has the key that METRICS_KEY sets.";
        const error = new AppError("operator-only", message);
        return await reply.code(403).send({ error: toWireError(error) });
      }
      await refresh?.();
      return await reply.type(registry.contentType).send(await registry.metrics());
    });
    done();
  };
}

/** Whether a request comes from this machine, through no proxy, or has the key as its bearer. */
export function mayReadMetrics(request: OriginatingRequest, metricsKey: string | null): boolean {
  const given = bearerKey(request.headers);
  if (given !== null && metricsKey !== null && isSameKey(given, metricsKey)) return true;
  return isLocalRequest(request);
}
