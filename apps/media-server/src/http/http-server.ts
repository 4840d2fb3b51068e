import { toWireError } from "@parley/shared/errors";
import fastify, { type FastifyInstance } from "fastify";
import type { Log } from "../contracts/log";
import type { MediaEngine } from "../contracts/media-engine";
import { errorStatus } from "./error-status";
import { addHouseRoute } from "./house-route";
import { addModelRoutes } from "./model-routes";
import { checkReadiness } from "./readiness";
import { addRoomRoutes, type RoomRoutesOptions } from "./room-routes";
import { securityHeaders } from "./security-headers";
import { addWebApp } from "./web-app";

/** Limit on request bodies: room settings take at most about 30 kB. */
const maxBodyBytes = 64_000;

export type HttpServerOptions = RoomRoutesOptions & {
  media: Pick<MediaEngine, "status">;
  inferenceUrl: string;
  /** Folder of the built web app. */
  webRoot: string;
  /** Trusts `X-Forwarded-For`: only safe behind the operator's own proxy. */
  isBehindProxy: boolean;
  /** Bearer token that allows managing models; null: only this machine may. */
  operatorKey: string | null;
  log: Log;
};

/** HTTP server: web app, rooms, models, health and readiness. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    trustProxy: options.isBehindProxy,
    forceCloseConnections: true,
  });
  server.addHook("onRequest", (_request, reply, done) => {
    reply.headers({ ...securityHeaders });
    done();
  });
  server.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: unknown }).statusCode;
    if (typeof status === "number" && status >= 400 && status < 500) {
      const code = status === 413 ? "frame-too-large" : "invalid-request";
      const message = "The request could not be read.";
      return reply.code(status).send({ error: { code, message, isRetryable: false } });
    }
    const wire = toWireError(error);
    if (wire.code === "internal") {
      options.log.error({ route: request.routeOptions.url, error }, "an HTTP request failed");
    }
    return reply.code(errorStatus[wire.code]).send({ error: wire });
  });
  server.get("/health", () => ({ status: "ok" }));
  server.get("/ready", async (_request, reply) => {
    const readiness = await checkReadiness(options.media, options.inferenceUrl);
    return reply.code(readiness.isReady ? 200 : 503).send(readiness);
  });
  addRoomRoutes(server, options);
  addModelRoutes(server, options);
  addHouseRoute(server, options);
  await addWebApp(server, options.webRoot);
  return server;
}
