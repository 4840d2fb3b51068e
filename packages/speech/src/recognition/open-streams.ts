import { AppError } from "@parley/shared/errors";
import { Admission } from "./admission";

/** What an engine needs to know of a stream of its own. */
type EngineStream = {
  readonly behindMs: number;
  close(): void;
  /** Resolves once no run of the stream is under way. */
  idle(): Promise<void>;
};

/** The streams that an engine has open: lets in as many as it can follow, and closes in order. */
export class OpenStreams<Stream extends EngineStream> {
  readonly #streams = new Set<Stream>();
  #admission: Admission;
  #closing: Promise<void> | null = null;

  /** @param capacity live streams that the device follows; until it is measured, any number */
  constructor(capacity = Infinity) {
    this.#admission = new Admission(capacity);
  }

  get capacity(): number {
    return this.#admission.capacity;
  }

  /** Once it is measured, and no stream is open. */
  limitTo(capacity: number): void {
    this.#admission = new Admission(capacity);
  }

  /** @throws AppError `invalid-state` once the engine closes */
  requireOpen(): void {
    if (this.#closing !== null) throw new AppError("invalid-state", "The recogniser is closed.");
  }

  /** @throws AppError `invalid-state`, or `at-capacity` for a live stream that is one too many */
  requireRoom({ isOffline }: { isOffline: boolean }): void {
    this.requireOpen();
    if (!isOffline) this.#admission.requireRoom();
  }

  add(stream: Stream, { isOffline }: { isOffline: boolean }): void {
    this.#streams.add(stream);
    if (!isOffline) this.#admission.add(stream);
  }

  remove(stream: Stream): void {
    this.#streams.delete(stream);
    this.#admission.remove(stream);
  }

  /**
   * Closes all streams, then what they ran on; a second call waits for the first.
   *
   * @param release closes the model: a run on a released session would fail in native code
   */
  close(release: () => Promise<void>): Promise<void> {
    this.#closing ??= this.#close(release);
    return this.#closing;
  }

  async #close(release: () => Promise<void>): Promise<void> {
    const streams = [...this.#streams];
    for (const stream of streams) stream.close();
    await Promise.all(streams.map((stream) => stream.idle()));
    await release();
  }
}
