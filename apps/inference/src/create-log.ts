import { Writable } from "node:stream";
import { readableLogLine } from "@parley/shared/logging/readable-log-line";
import { pino, type Logger } from "pino";

/** Log to stdout: readable lines, or JSON. */
export function createLog(level: string, format: "readable" | "json"): Logger {
  const options = { level, base: null };
  if (format === "json") return pino(options);
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      process.stdout.write(readableLogLine(chunk));
      done();
    },
  });
  return pino(options, output);
}
