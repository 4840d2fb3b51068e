import { Writable } from "node:stream";
import { readableLogLine } from "@parley/shared/logging/readable-log-line";

/** Where pino writes when somebody reads along in a terminal. */
export function readableLogStream(output: NodeJS.WritableStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      output.write(readableLogLine(chunk));
      done();
    },
  });
}
