import type { BatchSizes } from "./batch-sizes";
import type { Recognizer, RecognizerStream, RecognizerStreamOptions } from "./recognizer";

/**
 * A family of recognition models on the calling thread, as `serveRecognizer` runs it. Callers get a
 * `Recognizer` in front of it, which queues, restarts and replays.
 */
export type RecognizerEngine = Pick<
  Recognizer,
  "name" | "remarks" | "doubtfulBelow" | "capacity" | "runsOn" | "placements" | "close"
> & {
  open(options: RecognizerStreamOptions): Promise<EngineStream>;
  batchSizes?(): BatchSizes;
};

/**
 * A stream whose calls never overlap: its owner queues them. Only `close` may come at any time. A call
 * that fails leaves the stream as after a reset. `behindMs` counts the sound within the engine.
 */
export type EngineStream = RecognizerStream;
