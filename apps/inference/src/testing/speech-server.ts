import { systemClock } from "@parley/shared/async/clock";
import Fastify from "fastify";
import type { Recognizer } from "../contracts/recognizer";
import { SpeechEndpoints } from "../server/speech/speech-endpoints";
import type { WordCode } from "./scripted-models";

export type SpeechServer = {
  /** Of the recogniser's WebSocket. */
  webSocketUrl: string;
  transcriptionsUrl: string;
  /** Ends every connection, as a shutdown does. */
  abort(): void;
  close(): Promise<void>;
};

/** The speech endpoints alone, on a free port. Null stands for a model that still loads. */
export async function startSpeechServer(
  recognizer: Recognizer | null,
  maxClients = 4,
): Promise<SpeechServer> {
  const http = Fastify();
  const controller = new AbortController();
  const endpoints = new SpeechEndpoints({
    http,
    recognizer: () => recognizer,
    maxClients,
    clock: systemClock,
    log: { info: () => undefined, warn: () => undefined },
    signal: controller.signal,
  });
  http.server.on("upgrade", (request, socket, head) => {
    endpoints.upgrade(request, socket, head);
  });
  const url = await http.listen({ host: "127.0.0.1", port: 0 });
  const abort = () => {
    controller.abort();
  };
  return {
    webSocketUrl: `${url.replace("http", "ws")}/`,
    transcriptionsUrl: `${url}/v1/audio/transcriptions`,
    abort,
    close: async () => {
      abort();
      await http.close();
    },
  };
}

/** Notes the streams of a recogniser that are open. */
export function countStreams(recognizer: Recognizer) {
  const open = new Set<object>();
  let onClose: () => void = () => undefined;
  const counted: Recognizer = {
    name: recognizer.name,
    close: () => recognizer.close(),
    async open(options) {
      const stream = await recognizer.open(options);
      open.add(stream);
      return {
        write: (samples) => stream.write(samples),
        peekFinal: () => stream.peekFinal(),
        finish: () => stream.finish(),
        reset: () => stream.reset(),
        setPhrases: (phrases) => stream.setPhrases(phrases),
        close: () => {
          stream.close();
          open.delete(stream);
          onClose();
        },
      };
    },
  };
  const allClosed = async () => {
    while (open.size > 0) {
      await new Promise<void>((resolve) => {
        onClose = resolve;
      });
    }
  };
  return { counted, open, allClosed };
}

/** Words as `wordRecognizer` hears them: 200 ms each at 16 kHz. */
export function spokenWords(code: WordCode, text: string): Int16Array {
  const wordSamples = 3_200;
  const words = text.split(" ");
  const samples = new Int16Array(words.length * wordSamples);
  for (const [index, word] of words.entries()) {
    samples.fill(code.sampleOf(word), index * wordSamples, (index + 1) * wordSamples);
  }
  return samples;
}
