import type { Clock } from "@parley/shared/async/clock";
import { toWireError } from "@parley/shared/errors";
import type {
  Recognizer,
  RecognizerStream,
  RecognizerStreamOptions,
} from "@parley/speech/contracts/recognizer";
import type { InferenceMetrics } from "./inference-metrics";
import { overlaid } from "./overlaid";

/** Measures a recogniser from outside: its lag, its settling, its failures. */
export function measuredRecognizer(
  recognizer: Recognizer,
  metrics: InferenceMetrics,
  clock: Clock,
): Recognizer {
  return overlaid(recognizer, {
    open: async (options: RecognizerStreamOptions = {}) => {
      const stream = await counted(metrics, () => recognizer.open(options));
      const isLive = options.isOffline !== true;
      return measuredStream(stream, { metrics, clock, isLive });
    },
  });
}

function measuredStream(
  stream: RecognizerStream,
  { metrics, clock, isLive }: { metrics: InferenceMetrics; clock: Clock; isLive: boolean },
): RecognizerStream {
  metrics.recognizerStreams.inc();
  let isOpen = true;
  return {
    write: async (samples) => {
      const partial = await counted(metrics, () => stream.write(samples));
      if (isLive) metrics.recognizerLag.observe(partial.behindMs / 1_000);
      return partial;
    },
    peekFinal: async () => {
      const startedAtMs = clock.now();
      const settled = await counted(metrics, () => stream.peekFinal());
      metrics.recognizerSettling.observe((clock.now() - startedAtMs) / 1_000);
      return settled;
    },
    finish: () => counted(metrics, () => stream.finish()),
    reset: () => stream.reset(),
    setPhrases: (phrases) => stream.setPhrases(phrases),
    close: () => {
      if (isOpen) metrics.recognizerStreams.dec();
      isOpen = false;
      stream.close();
    },
  };
}

/** Counts a failure; a stream that was closed meanwhile has none. */
async function counted<Result>(
  { recognizerFailures }: InferenceMetrics,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { code } = toWireError(error);
    if (code !== "invalid-state") recognizerFailures.inc({ code });
    throw error;
  }
}
