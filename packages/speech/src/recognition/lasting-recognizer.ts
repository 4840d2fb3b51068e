import { AppError } from "@parley/shared/errors";
import type { BatchSizes } from "../contracts/batch-sizes";
import type {
  Recognizer,
  RecognizerStream,
  RecognizerStreamOptions,
} from "../contracts/recognizer";
import type { GraphPlacement } from "../contracts/graph-placement";
import { LastingStream } from "./lasting-stream";
import { OccupiedHost } from "./occupied-host";
import type { RecognizerHost } from "./recognizer-host";

/**
 * A recogniser whose streams go on though its engine dies or is replaced by another model while
 * people talk.
 */
export class LastingRecognizer implements Recognizer {
  readonly #hosts = new Set<RecognizerHost>();
  readonly #streams = new Set<LastingStream>();
  #present: OccupiedHost;
  #isClosed = false;

  /** @param host the first one, closed by this from here on */
  constructor(host: RecognizerHost) {
    this.#present = this.#occupy(host);
  }

  get name(): string {
    return this.#present.host.name;
  }

  get remarks(): readonly string[] {
    return this.#present.host.remarks;
  }

  get doubtfulBelow(): number | undefined {
    return this.#present.host.doubtfulBelow;
  }

  get capacity(): number | undefined {
    return this.#present.host.capacity;
  }

  get runsOn(): string | undefined {
    return this.#present.host.runsOn;
  }

  get placements(): readonly GraphPlacement[] | undefined {
    return this.#present.host.placements;
  }

  async open(options: RecognizerStreamOptions = {}): Promise<RecognizerStream> {
    if (this.#isClosed) throw closedError();
    const stream = await LastingStream.open({
      options,
      present: () => this.#present,
      onClose: (closed) => {
        this.#streams.delete(closed);
      },
    });
    if (this.#hasClosed()) {
      stream.close();
      throw closedError();
    }
    this.#streams.add(stream);
    return stream;
  }

  async batchSizes(): Promise<BatchSizes> {
    return (await this.#present.host.batchSizes?.()) ?? new Map<number, number>();
  }

  /** Streams use `host` from their next utterance on. It is closed by this from here on. */
  replace(host: RecognizerHost): void {
    const old = this.#present;
    this.#present = this.#occupy(host);
    old.retire();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stream of this.#streams) stream.close();
    await Promise.all([...this.#hosts].map((host) => host.close()));
  }

  #occupy(host: RecognizerHost): OccupiedHost {
    this.#hosts.add(host);
    return new OccupiedHost(host);
  }

  #hasClosed(): boolean {
    return this.#isClosed;
  }
}

function closedError(): AppError {
  return new AppError("invalid-state", "The recogniser is closed.");
}
