import { AppError } from "@parley/shared/errors";
import type { EngineStream, RecognizerEngine } from "../contracts/recognizer-engine";
import { serveEngine } from "../runtime/device/serve-engine";
import type { RecognizerCalls } from "./recognizer-calls";

/** The body of an engine's `*.thread.ts` file; `RecognizerThread` is its other end. */
export function serveRecognizer<Settings>(
  load: (settings: Settings) => Promise<RecognizerEngine>,
): Promise<void> {
  return serveEngine<Settings, RecognizerCalls>(async (settings) => {
    const engine = await load(settings);
    const streams = new Map<number, EngineStream>();
    const streamOf = (id: number) => {
      const stream = streams.get(id);
      if (stream === undefined) throw new AppError("invalid-state", `no stream ${id} is open`);
      return stream;
    };
    return {
      close: () => engine.close(),
      calls: {
        describe: () => ({
          name: engine.name,
          remarks: engine.remarks,
          doubtfulBelow: engine.doubtfulBelow,
          capacity: engine.capacity,
          runsOn: engine.runsOn,
          placements: engine.placements,
        }),
        open: async ({ stream, options }) => {
          streams.set(stream, await engine.open(options));
          return undefined;
        },
        write: ({ stream, samples }) => streamOf(stream).write(samples),
        "peek-final": ({ stream }) => streamOf(stream).peekFinal(),
        finish: ({ stream }) => streamOf(stream).finish(),
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
          return undefined;
        },
        "batch-sizes": () => engine.batchSizes?.() ?? new Map(),
      },
    };
  });
}
