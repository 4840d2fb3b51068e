import type { Recognizer, RecognizerStreamOptions } from "../contracts/recognizer";
import type { EngineStream } from "../contracts/recognizer-engine";

/** A place where an engine runs and may be restarted, such as a thread. */
export type RecognizerHost = Pick<
  Recognizer,
  | "name"
  | "remarks"
  | "doubtfulBelow"
  | "capacity"
  | "batchSizes"
  | "runsOn"
  | "placements"
  | "close"
> & {
  /** Rejects with `at-capacity` and the engine's other reasons. */
  open(options: RecognizerStreamOptions): Promise<HostedStream>;
};

export type HostedStream = EngineStream & {
  /** True once the engine that held the stream is gone, and with it all that the stream heard. */
  readonly isLost: boolean;
};
