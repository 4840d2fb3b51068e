/** The codec's thread: pieces are decoded while the decoder takes its next step. */
import { errorMessage } from "@parley/shared/errors";
import { Moved } from "@parley/threads/calls";
import { serveThread } from "@parley/threads/server/serve-thread";
import { DeviceFailure } from "../../runtime/device/device-failure";
import { ProviderFallback } from "../../runtime/execution-providers";
import type { CodecCalls, CodecSettings } from "./codec-calls";
import { NanoCodec } from "./nano-codec";
import type { CodecStream } from "./streaming-codec";

await serveThread<CodecSettings, CodecCalls>(async (settings) => {
  const { directory, threads, providers, device } = settings;
  const fallback = new ProviderFallback(providers, device);
  const codec = await NanoCodec.open(directory, { threads, providers: fallback });
  const streams = new Map<number, CodecStream>();
  const { sampleRate, samplesPerFrame, codebooks, codes } = codec;
  return {
    close: () => codec.close(),
    calls: {
      describe: () => {
        const { remarks, placements } = codec;
        const sizes = { sampleRate, samplesPerFrame, codebooks, codes };
        return Promise.resolve({ ...sizes, remarks, placements });
      },
      decode: async ({ stream, frames }) => {
        const opened = streams.get(stream) ?? codec.open();
        streams.set(stream, opened);
        try {
          // A copy: the runtime's own memory cannot move to another thread.
          const samples = (await opened.decode(frames)).slice();
          return new Moved({ samples }, [samples.buffer]);
        } catch (error) {
          if (!(error instanceof DeviceFailure)) throw error;
          return { failure: { provider: error.provider, reason: errorMessage(error.cause) } };
        }
      },
      close: ({ stream }) => {
        streams.get(stream)?.close();
        streams.delete(stream);
        return Promise.resolve(undefined);
      },
    },
  };
});
