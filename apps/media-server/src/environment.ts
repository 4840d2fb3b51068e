import path from "node:path";
import { fileURLToPath } from "node:url";
import { fleet } from "@parley/settings/declarations/fleet";
import { folders } from "@parley/settings/declarations/folders";
import { inferenceServer } from "@parley/settings/declarations/inference-server";
import { logging } from "@parley/settings/declarations/logging";
import { media } from "@parley/settings/declarations/media";
import { observability } from "@parley/settings/declarations/observability";
import { webPage } from "@parley/settings/declarations/web-page";
import { readSettings } from "@parley/settings/read-settings";
import type { ValuesOf } from "@parley/settings/setting";
import { AppError } from "@parley/shared/errors";
import { tracingSettings } from "@parley/telemetry/tracing/tracing-settings";
import type { IceSettings } from "./signalling/ice-access";
import type { TlsFiles } from "./http/encryption/read-tls-credentials";

/** The settings that this server reads. */
const settings = {
  ...webPage,
  INFERENCE_PORT: inferenceServer.INFERENCE_PORT,
  INFERENCE_URL: inferenceServer.INFERENCE_URL,
  INFERENCE_KEY: inferenceServer.INFERENCE_KEY,
  INFERENCE_ORIGINS: inferenceServer.INFERENCE_ORIGINS,
  NATS_URL: fleet.NATS_URL,
  DATABASE_URL: fleet.DATABASE_URL,
  MEDIA_SERVER_ADDRESS: fleet.MEDIA_SERVER_ADDRESS,
  MEDIA_SERVER_ROUTING: fleet.MEDIA_SERVER_ROUTING,
  DRAIN_SECONDS: fleet.DRAIN_SECONDS,
  MEDIA_PORT: media.MEDIA_PORT,
  MEDIA_LISTEN_IP: media.MEDIA_LISTEN_IP,
  MEDIA_WORKERS: media.MEDIA_WORKERS,
  ANNOUNCED_ADDRESS: media.ANNOUNCED_ADDRESS,
  ICE_SERVERS: media.ICE_SERVERS,
  TURN_URLS: media.TURN_URLS,
  TURN_SECRET: media.TURN_SECRET,
  TURN_ONLY: media.TURN_ONLY,
  MEDIASOUP_WORKER_BIN: media.MEDIASOUP_WORKER_BIN,
  PARLEY_DATA: folders.PARLEY_DATA,
  ...logging,
  ...observability,
};
type Values = ValuesOf<typeof settings>;

/** Everything that can be set from outside; `packages/settings` declares each variable. */
export type Environment = {
  port: number;
  /** Null: every address, of both families where there are two. */
  host: string | null;
  /** WebSocket bases of the inference workers; not looked at where there is NATS. */
  inferenceUrls: readonly string[];
  /** Servers of NATS, in which workers enter themselves; null: there are the addresses above. */
  natsServers: readonly string[] | null;
  /** The key that inference admits this server by; null where it needs none. A secret. */
  inferenceKey: string | null;
  /** Origins of other sites' pages that may make calls. */
  pageOrigins: readonly string[];
  /** Where rooms are kept without a database. */
  dataFolder: string;
  /** PostgreSQL, in which rooms are kept; null: in the folder. A secret. */
  databaseUrl: string | null;
  /** Where browsers, or other media servers, reach this one; null: the machine's first address. */
  ownAddress: string | null;
  routing: Values["MEDIA_SERVER_ROUTING"];
  /** How long rooms may go on after a request to stop. */
  drainMs: number;
  webRoot: string;
  /** Null: plain HTTP alone. */
  tls: TlsFiles | null;
  /** Origin of links for others, without a closing slash; null: the page's own. */
  shareAddress: string | null;
  /** Origins of pages of others that may embed the talk button and join rooms. */
  embedOrigins: readonly string[];
  trustedProxies: Values["TRUST_PROXY"];
  /** Lets its bearer manage models from anywhere; null: only this machine itself may. A secret. */
  operatorKey: string | null;
  /** Lets its bearer read metrics from anywhere; null: only this machine itself may. A secret. */
  metricsKey: string | null;
  tracing: ReturnType<typeof tracingSettings>;
  logLevel: Values["LOG_LEVEL"];
  /** JSON is for log collectors. */
  logFormat: Values["LOG_FORMAT"];
  media: {
    /** UDP and TCP; worker n uses `port + n`. 0: any free port. */
    port: number;
    listenIps: string[];
    announcedAddresses: string[];
    workers: number;
    workerBin: string | null;
  };
  ice: IceSettings;
};

/** @throws AppError `invalid-request` that names every variable that is wrong */
export function readEnvironment(
  variables: Record<string, string | undefined>,
  workingFolder: string,
): Environment {
  const read = readSettings(settings, variables);
  return {
    port: read.PORT,
    host: read.HOST ?? null,
    inferenceUrls: read.INFERENCE_URL ?? [`ws://127.0.0.1:${read.INFERENCE_PORT}`],
    natsServers: read.NATS_URL ?? null,
    inferenceKey: read.INFERENCE_KEY ?? null,
    pageOrigins: read.INFERENCE_ORIGINS ?? [],
    dataFolder: path.resolve(workingFolder, read.PARLEY_DATA),
    databaseUrl: read.DATABASE_URL ?? null,
    ownAddress: read.MEDIA_SERVER_ADDRESS?.replace(/\/+$/u, "") ?? null,
    routing: read.MEDIA_SERVER_ROUTING,
    drainMs: read.DRAIN_SECONDS * 1_000,
    webRoot: read.WEB_ROOT === undefined ? builtWebApp() : path.resolve(read.WEB_ROOT),
    tls: tlsFiles(read, workingFolder),
    shareAddress: read.SHARE_ADDRESS?.replace(/\/+$/u, "") ?? null,
    embedOrigins: read.EMBED_ORIGINS ?? [],
    trustedProxies: read.TRUST_PROXY,
    operatorKey: read.OPERATOR_KEY ?? null,
    metricsKey: read.METRICS_KEY ?? null,
    tracing: tracingSettings(read),
    logLevel: read.LOG_LEVEL,
    logFormat: read.LOG_FORMAT,
    media: {
      port: read.MEDIA_PORT,
      listenIps: read.MEDIA_LISTEN_IP ?? [],
      announcedAddresses: read.ANNOUNCED_ADDRESS ?? [],
      workers: read.MEDIA_WORKERS,
      workerBin: read.MEDIASOUP_WORKER_BIN ?? null,
    },
    ice: { iceServers: read.ICE_SERVERS, turn: turnSettings(read), isRelayOnly: read.TURN_ONLY },
  };
}

function turnSettings({ TURN_URLS, TURN_SECRET }: Values): IceSettings["turn"] {
  if (TURN_URLS === undefined && TURN_SECRET === undefined) return null;
  if (TURN_URLS === undefined || TURN_SECRET === undefined) {
    const missing = TURN_URLS === undefined ? "TURN_URLS" : "TURN_SECRET";
    throw new AppError(
      "invalid-request",
      `${missing} is missing: set both of TURN_URLS and TURN_SECRET`,
    );
  }
  return { urls: TURN_URLS, secret: TURN_SECRET };
}

function tlsFiles({ TLS_CERT, TLS_KEY }: Values, workingFolder: string): TlsFiles | null {
  if (TLS_CERT === undefined && TLS_KEY === undefined) return null;
  if (TLS_CERT === undefined || TLS_KEY === undefined) {
    const missing = TLS_CERT === undefined ? "TLS_CERT" : "TLS_KEY";
    throw new AppError(
      "invalid-request",
      `${missing} is missing: set both of TLS_CERT and TLS_KEY`,
    );
  }
  return {
    certificateFile: path.resolve(workingFolder, TLS_CERT),
    keyFile: path.resolve(workingFolder, TLS_KEY),
  };
}

/** From `dist/main.js` and from `src/environment.ts` alike. */
function builtWebApp(): string {
  return fileURLToPath(new URL("../../web/dist", import.meta.url));
}
