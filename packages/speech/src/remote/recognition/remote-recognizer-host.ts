import { setMaxListeners } from "node:events";
import { AppError } from "@parley/shared/errors";
import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { HostedStream, RecognizerHost } from "../../recognition/recognizer-host";
import { earFor } from "./ear-for";
import type { RemoteEar } from "./remote-ear";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";
import { retryPatiently } from "./retry-patiently";

/** How long the start waits for a machine that is started at the same time. */
const startLimitMs = 60_000;
/**
 * How long a stream waits for a machine that went away: its sound waits too, up to 30 s of it, so
 * that nothing is lost meanwhile.
 */
const absenceLimitMs = 20_000;

/**
 * A recogniser on another machine. A connection that breaks makes its streams "lost", so that their
 * owner opens them anew and they hear again what was said since the last reset.
 */
export class RemoteRecognizerHost implements RecognizerHost {
  readonly name: string;
  readonly remarks: readonly string[] = [];
  readonly doubtfulBelow: number | undefined;
  readonly #ear: RemoteEar;
  readonly #settings: RemoteRecognizerSettings;
  readonly #streams = new Set<HostedStream>();
  readonly #closing = new AbortController();

  /**
   * Retries for up to a minute.
   *
   * @throws AppError `agent-unavailable` or `timeout` that names the host; the signal's reason
   */
  static async open(
    settings: RemoteRecognizerSettings,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<RemoteRecognizerHost> {
    const ear = earFor(settings);
    try {
      const { clock } = settings;
      const describe = () => ear.describe(signal);
      const description = await retryPatiently(describe, { clock, signal, limitMs: startLimitMs });
      return new RemoteRecognizerHost(settings, ear, description);
    } catch (error) {
      ear.close();
      throw error;
    }
  }

  private constructor(
    settings: RemoteRecognizerSettings,
    ear: RemoteEar,
    { engine, doubtfulBelow }: Awaited<ReturnType<RemoteEar["describe"]>>,
  ) {
    this.#settings = settings;
    this.#ear = ear;
    this.name = `${engine} at ${settings.url.host}`;
    this.doubtfulBelow = doubtfulBelow;
    // Every stream adds a listener; Node would warn of a leak.
    setMaxListeners(0, this.#closing.signal);
  }

  async open(options: RecognizerStreamOptions): Promise<HostedStream> {
    const { signal } = this.#closing;
    const { clock } = this.#settings;
    const open = () => this.#ear.open(options, signal);
    const stream = await retryPatiently(open, { clock, signal, limitMs: absenceLimitMs });
    this.#streams.add(stream);
    const close = () => {
      this.#streams.delete(stream);
      stream.close();
    };
    return {
      get isLost() {
        return stream.isLost;
      },
      write: (samples) => stream.write(samples),
      peekFinal: () => stream.peekFinal(),
      finish: () => stream.finish(),
      reset: () => stream.reset(),
      setPhrases: (phrases) => stream.setPhrases(phrases),
      close,
    };
  }

  close(): Promise<void> {
    this.#closing.abort(new AppError("invalid-state", "The recogniser is closed."));
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
    this.#ear.close();
    return Promise.resolve();
  }
}
