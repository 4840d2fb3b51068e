/** The recogniser's thread: runs take milliseconds each and would hold up every socket. */
import { systemClock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { serveThread } from "@parley/threads/server/serve-thread";
import type { RecognizerStream } from "../../contracts/recognizer";
import type { RecognizerCalls } from "./recognizer-calls";
import type { TransducerSettings } from "../transducer-settings";
import { TransducerRecognizer } from "./transducer-recognizer";

await serveThread<TransducerSettings, RecognizerCalls>(async (settings) => {
  const recognizer = await TransducerRecognizer.load(settings, systemClock);
  const streams = new Map<number, RecognizerStream>();
  const streamOf = (id: number) => {
    const stream = streams.get(id);
    if (stream === undefined) throw new AppError("invalid-state", `no stream ${id} is open`);
    return stream;
  };
  return {
    close: () => recognizer.close(),
    calls: {
      describe: () => Promise.resolve({ name: recognizer.name, remarks: recognizer.remarks }),
      open: async ({ stream, options }) => {
        // Again, after an attempt that broke off half-way.
        streams.get(stream)?.close();
        streams.set(stream, await recognizer.open(options));
        return undefined;
      },
      write: async ({ stream, samples }) => streamOf(stream).write(samples),
      "peek-final": async ({ stream }) => streamOf(stream).peekFinal(),
      finish: async ({ stream }) => streamOf(stream).finish(),
      reset: async ({ stream }) => {
        await streamOf(stream).reset();
        return undefined;
      },
      "set-phrases": async ({ stream, phrases }) => {
        await streamOf(stream).setPhrases(phrases);
        return undefined;
      },
      close: ({ stream }) => {
        streams.get(stream)?.close();
        streams.delete(stream);
        return Promise.resolve(undefined);
      },
    },
  };
});
