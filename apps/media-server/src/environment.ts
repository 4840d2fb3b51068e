import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const text = z.string().trim();
const port = z.coerce.number().int().min(0).max(65_535);

/** An unset variable and an empty one mean the same: compose files write `NAME=`. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema);
}

const list = text.transform((value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const iceServersSchema = z.array(z.record(z.string(), z.unknown()));

const jsonIceServers = text.transform((value, context) => {
  try {
    return iceServersSchema.parse(JSON.parse(value));
  } catch {
    context.addIssue({ code: "custom", message: "not a JSON array of RTCIceServer objects" });
    return z.NEVER;
  }
});

const webSocketUrl = z
  .url({ protocol: /^(wss?|https?)$/ })
  .transform((url) => url.replace(/^http/, "ws").replace(/\/+$/, ""));

/** What an HTTP header can carry as it is, and nobody guesses. */
const operatorKey = text.regex(/^[\x21-\x7e]{16,200}$/, {
  message: "not 16 to 200 printable ASCII characters without spaces",
});

const variablesSchema = z.object({
  PORT: optional(port.default(7_860)),
  HOST: optional(text.optional()),
  INFERENCE_PORT: optional(port.default(8_080)),
  INFERENCE_URL: optional(webSocketUrl.optional()),
  PARLEY_DATA: optional(text.optional()),
  WEB_ROOT: optional(text.optional()),
  TRUST_PROXY: optional(z.stringbool().default(false)),
  OPERATOR_KEY: optional(operatorKey.optional()),
  LOG_LEVEL: optional(z.enum(["debug", "info", "warn", "error", "silent"]).default("info")),
  LOG_FORMAT: optional(z.enum(["readable", "json"]).default("readable")),
  MEDIA_PORT: optional(port.default(0)),
  MEDIA_LISTEN_IP: optional(list.default([])),
  ANNOUNCED_ADDRESS: optional(text.optional()),
  MEDIA_WORKERS: optional(z.coerce.number().int().min(1).max(64).default(1)),
  MEDIASOUP_WORKER_BIN: optional(text.optional()),
  ICE_SERVERS: optional(jsonIceServers.default([])),
});

/** Everything that can be set from outside; `docs` describe each variable for operators. */
export type Environment = {
  port: number;
  /** Null: every address, of both families where there are two. */
  host: string | null;
  /** WebSocket base of the inference worker. */
  inferenceUrl: string;
  dataFolder: string;
  webRoot: string;
  isBehindProxy: boolean;
  /** Lets its bearer manage models from anywhere; null: only this machine itself may. A secret. */
  operatorKey: string | null;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** JSON is for log collectors. */
  logFormat: "readable" | "json";
  media: {
    /** UDP and TCP; worker n uses `port + n`. 0: any free port. */
    port: number;
    listenIps: string[];
    announcedAddress: string | null;
    workers: number;
    workerBin: string | null;
  };
  iceServers: Record<string, unknown>[];
};

/** @throws ZodError naming the variable that is off. */
export function readEnvironment(
  variables: Record<string, string | undefined>,
  workingFolder: string,
): Environment {
  const read = variablesSchema.parse(variables);
  return {
    port: read.PORT,
    host: read.HOST ?? null,
    inferenceUrl: read.INFERENCE_URL ?? `ws://127.0.0.1:${read.INFERENCE_PORT}`,
    dataFolder: path.resolve(workingFolder, read.PARLEY_DATA ?? path.join(".parley", "data")),
    webRoot: read.WEB_ROOT === undefined ? builtWebApp() : path.resolve(read.WEB_ROOT),
    isBehindProxy: read.TRUST_PROXY,
    operatorKey: read.OPERATOR_KEY ?? null,
    logLevel: read.LOG_LEVEL,
    logFormat: read.LOG_FORMAT,
    media: {
      port: read.MEDIA_PORT,
      listenIps: read.MEDIA_LISTEN_IP,
      announcedAddress: read.ANNOUNCED_ADDRESS ?? null,
      workers: read.MEDIA_WORKERS,
      workerBin: read.MEDIASOUP_WORKER_BIN ?? null,
    },
    iceServers: read.ICE_SERVERS,
  };
}

/** From `dist/main.js` and from `src/environment.ts` alike. */
function builtWebApp(): string {
  return fileURLToPath(new URL("../../web/dist", import.meta.url));
}
