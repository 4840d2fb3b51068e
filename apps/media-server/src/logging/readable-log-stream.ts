import { Writable } from "node:stream";
import { readableLogLine } from "@parley/shared/logging/readable-log-line";

/** Output stream for pino that turns its JSON into readable lines. */
export function readableLogStream(output: NodeJS.WritableStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      output.write(readableLogLine(chunk));
      done();
    },
  });
}
