import type { RecognizerStreamOptions } from "../contracts/recognizer";
import type { HostedStream, RecognizerHost } from "./recognizer-host";

/** A host and the streams on it. Retired, it is closed once the last of them has left. */
export class OccupiedHost {
  readonly host: RecognizerHost;
  readonly #streams = new Set<HostedStream>();
  #isRetired = false;

  /** @param host closed by this from here on */
  constructor(host: RecognizerHost) {
    this.host = host;
  }

  async open(options: RecognizerStreamOptions): Promise<HostedStream> {
    const stream = await this.host.open(options);
    this.#streams.add(stream);
    return stream;
  }

  /** Closes the stream, and the host if nothing keeps it. */
  release(stream: HostedStream): void {
    stream.close();
    this.#streams.delete(stream);
    this.#closeIfDeserted();
  }

  /** Another host takes the streams that are opened from now on. */
  retire(): void {
    this.#isRetired = true;
    this.#closeIfDeserted();
  }

  #closeIfDeserted(): void {
    if (!this.#isRetired || this.#streams.size > 0) return;
    // Nobody waits for it: its memory is freed even if this rejects.
    this.host.close().catch(() => undefined);
  }
}
