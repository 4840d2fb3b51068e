import { pino } from "pino";
import type { Log } from "../contracts/log";
import { readableLogStream } from "./readable-log-stream";

export type LogFormat = "readable" | "json";

/** Creates a log to stdout: readable lines, or JSON for log collectors. */
export function createLog(level: string, format: LogFormat): Log {
  const options = { level, base: null, serializers: { error: pino.stdSerializers.err } };
  const logger =
    format === "readable" ? pino(options, readableLogStream(process.stdout)) : pino(options);
  return {
    debug: (fields, message) => {
      logger.debug(fields, message);
    },
    info: (fields, message) => {
      logger.info(fields, message);
    },
    warn: (fields, message) => {
      logger.warn(fields, message);
    },
    error: (fields, message) => {
      logger.error(fields, message);
    },
  };
}
