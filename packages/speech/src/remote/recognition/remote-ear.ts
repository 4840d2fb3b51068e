import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";

/** What another machine says of its recogniser. */
export type EarDescription = {
  /** For people: "Moonshine Tiny". */
  engine: string;
  doubtfulBelow: number | undefined;
};

/** A protocol by which another machine hears. */
export type RemoteEar = {
  /**
   * Asks the machine for its description.
   *
   * @throws AppError that names the machine, retryable while it may come; the signal's reason
   */
  describe(signal: AbortSignal): Promise<EarDescription>;
  /**
   * Begins with one speaker.
   *
   * @throws AppError as `describe` does; `at-capacity` when there is no room
   */
  open(options: RecognizerStreamOptions, signal: AbortSignal): Promise<HostedStream>;
  /** Ends every connection. Idempotent. */
  close(): void;
};
