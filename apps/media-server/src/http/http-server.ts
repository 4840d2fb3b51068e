import { proxyTrust } from "@parley/admission/client-address";
import { demandProgress } from "@parley/admission/demand-progress";
import { demandReading } from "@parley/admission/demand-reading";
import { addApiRoutes } from "@parley/api-document/api-routes";
import { documented } from "@parley/api-document/operation";
import { RouteCollector } from "@parley/api-document/route-collector";
import type { TrustedProxies } from "@parley/settings/declarations/trusted-proxies";
import { toWireError } from "@parley/shared/errors";
import fastify, { type FastifyInstance, type FastifyPluginCallback } from "fastify";
import type { WorkerDirectory } from "../contracts/inference-worker";
import type { Log } from "../contracts/log";
import type { MediaEngine } from "../contracts/media-engine";
import type { AnnouncedReach } from "./announced-reach";
import { acceptTls, type TlsCredentials } from "./encryption/accept-tls";
import { redirectToHttps } from "./encryption/redirect-to-https";
import { decodableUrl } from "./decodable-url";
import { errorStatus } from "./error-status";
import { answerPages } from "./embedding/answer-pages";
import { addEmbedRoute, isEmbedPage } from "./embedding/embed-route";
import { addHouseRoute } from "./house-route";
import { addModelRoutes } from "./model-routes";
import { apiInformation } from "./operations/api-information";
import { callOperations } from "./operations/call-operations";
import { readAddress, readHealth, readReadiness } from "./operations/server-operations";
import { checkReadiness } from "./readiness";
import { addRoomRoutes, type RoomRoutesOptions } from "./room-routes";
import { securityHeaders } from "./security-headers";
import { addVoiceSampleRoute } from "./voice-sample-route";
import { addWebApp, isPage } from "./web-app";

/** Limit on request bodies: room settings take at most about 30 kB. */
const maxBodyBytes = 64_000;

/** Limit on receiving a whole request: settings of a room come at once, or somebody is stalling. */
const requestTimeoutMs = 20_000;

/** How often Node looks for requests that take longer; 30 s unless given. */
const checkEveryMs = 5_000;

/** Slowest body that is waited for: a telephone line's 8 kbit/s. */
const slowestBody = { everyMs: 5_000, leastBytes: 5_000 };

/**
 * Slowest reader that is waited for: one for whom the system takes a piece more in this time. It does
 * so once a third of its own buffer is empty, which is 1 MB where a client was fast before.
 */
const slowestReader = { everyMs: 30_000, leastBytes: 1 };

export type HttpServerOptions = RoomRoutesOptions & {
  media: Pick<MediaEngine, "status">;
  directory: Pick<WorkerDirectory, "workers">;
  /** Whether media answers where browsers are told to send it. */
  announced: Pick<AnnouncedReach, "silentAddresses">;
  /** Folder of the built web app. */
  webRoot: string;
  inferenceKey: string | null;
  /** Origins of pages of others that may embed the talk button and join rooms. */
  embedOrigins: readonly string[];
  /** The operator's own proxies, whose `X-Forwarded-For` is believed. */
  trustedProxies: TrustedProxies;
  /** Null: plain HTTP alone. */
  credentials: TlsCredentials | null;
  /** Origin of links for others; null: the page's own. */
  shareAddress: string | null;
  /** Bearer token that allows managing models; null: only this machine may. */
  operatorKey: string | null;
  /** Parley's, for people. */
  version: string;
  /** Sources of the content security policy for servers beside this one that pages connect to. */
  otherServers?: readonly string[];
  /** Whether this server is about to stop. */
  isDraining?: () => boolean;
  /** Routes of others, such as that of the metrics. */
  routes?: readonly FastifyPluginCallback[];
  log: Log;
};

/** HTTP server: web app, rooms, models, health and readiness. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { embedOrigins } = options;
  const server = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    trustProxy: proxyTrust(options.trustedProxies),
    rewriteUrl: ({ url = "/" }) => decodableUrl(url),
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    http: { connectionsCheckingInterval: checkEveryMs },
  });
  demandProgress(server.server, { clock: options.clock, ...slowestBody });
  demandReading(server.server, { clock: options.clock, ...slowestReader });
  const otherServers = options.otherServers ?? [];
  const headers = securityHeaders({ otherServers });
  const framedHeaders = securityHeaders({
    otherServers,
    frameAncestors: ["'self'", ...embedOrigins],
  });
  server.addHook("onRequest", (request, reply, done) => {
    reply.headers(isEmbedPage(request.url) ? { ...framedHeaders } : { ...headers });
    done();
  });
  answerPages(server, embedOrigins);
  const collector = new RouteCollector(server, { isPage, operations: callOperations });
  if (options.credentials !== null) {
    const endConnections = acceptTls(server.server, options.credentials);
    server.addHook("preClose", (done) => {
      endConnections();
      done();
    });
    // A proxy speaks plain HTTP to this server on behalf of people who came by HTTPS.
    if (options.trustedProxies === 0) redirectToHttps(server);
  }
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
  server.get("/health", documented(readHealth), () => ({ status: "ok" }));
  server.get("/ready", documented(readReadiness), async (_request, reply) => {
    const readiness = await checkReadiness(options);
    return reply.code(readiness.isReady ? 200 : 503).send(readiness);
  });
  server.get("/api/address", documented(readAddress), () => ({
    shareAddress: options.shareAddress,
  }));
  addEmbedRoute(server, embedOrigins);
  addRoomRoutes(server, options);
  addModelRoutes(server, options);
  addHouseRoute(server, options);
  addVoiceSampleRoute(server, options);
  for (const route of options.routes ?? []) server.register(route);
  addApiRoutes(server, collector, { ...apiInformation, version: options.version });
  await addWebApp(server, options.webRoot);
  return server;
}
