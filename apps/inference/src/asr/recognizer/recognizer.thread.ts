/** The recogniser's thread: runs take milliseconds each and would hold up every socket. */
import type { RecognizerStream } from "../../contracts/recognizer";
import { serveThread } from "../../runtime/thread-server";
import type { RecognizerCalls } from "./recognizer-calls";
import { TransducerRecognizer, type TransducerSettings } from "./transducer-recognizer";

await serveThread<TransducerSettings, RecognizerCalls>(async (settings) => {
  const recognizer = await TransducerRecognizer.load(settings);
  const streams = new Map<number, Promise<RecognizerStream>>();
  const streamOf = (id: number) => {
    const stream = streams.get(id) ?? recognizer.open();
    streams.set(id, stream);
    return stream;
  };
  return {
    close: () => recognizer.close(),
    calls: {
      write: async ({ stream, samples }) => (await streamOf(stream)).write(samples),
      "peek-final": async ({ stream }) => (await streamOf(stream)).peekFinal(),
      finish: async ({ stream }) => (await streamOf(stream)).finish(),
      reset: async ({ stream }) => {
        await (await streamOf(stream)).reset();
        return undefined;
      },
      close: async ({ stream }) => {
        (await streams.get(stream))?.close();
        streams.delete(stream);
        return undefined;
      },
    },
  };
});
