import { type Clock, systemClock } from "@parley/shared/async/clock";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { WordCode } from "@parley/speech/testing/scripted-models";
import { recognitionRoutes } from "../server/recognition/recognition-routes";
import { type RouteServer, startRouteServer } from "./route-server";

export type RecognitionServer = Pick<RouteServer, "webSocketUrl" | "abort" | "close"> & {
  transcriptionsUrl: string;
};

/** Serves the recognition routes alone; a null recogniser is one that still loads. */
export async function startRecognitionServer(
  recognizer: Recognizer | null,
  {
    maxClients = 4,
    clock = systemClock,
    maxWaitingBytes,
  }: { maxClients?: number; clock?: Clock; maxWaitingBytes?: number } = {},
): Promise<RecognitionServer> {
  const { url, ...server } = await startRouteServer("/", (host) =>
    recognitionRoutes({
      ...host,
      recognizer: () => recognizer,
      maxClients,
      clock,
      ...(maxWaitingBytes === undefined ? {} : { maxWaitingBytes }),
    }),
  );
  return { ...server, transcriptionsUrl: `${url}/v1/audio/transcriptions` };
}

/** Tracks which streams of a recogniser are open. */
export function countStreams(recognizer: Recognizer) {
  const open = new Set<object>();
  let onClose: () => void = () => undefined;
  const counted: Recognizer = {
    name: recognizer.name,
    remarks: recognizer.remarks,
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
