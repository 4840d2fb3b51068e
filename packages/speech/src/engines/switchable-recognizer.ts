import { AppError } from "@parley/shared/errors";
import type {
  Recognizer,
  RecognizerStream,
  RecognizerStreamOptions,
} from "../contracts/recognizer";
import { SwitchableStream, type Tenure } from "./switchable-stream";

/**
 * A recogniser that can be replaced by another while people talk. Streams move over where nothing is
 * in the air: at their next reset or end. The old one is closed once nobody is on it.
 */
export class SwitchableRecognizer implements Recognizer {
  #tenure: Tenure;
  readonly #retired = new Set<Tenure>();
  readonly #streams = new Set<SwitchableStream>();
  #isClosed = false;

  /** @param recognizer the first one, from here on closed by this */
  constructor(recognizer: Recognizer) {
    this.#tenure = { recognizer, streams: new Set() };
  }

  get name(): string {
    return this.#tenure.recognizer.name;
  }

  async open(options: RecognizerStreamOptions = {}): Promise<RecognizerStream> {
    if (this.#isClosed) throw new AppError("invalid-state", "The recogniser is closed.");
    const tenure = this.#tenure;
    const inner = await this.#enter(tenure, options);
    const stream = new SwitchableStream({
      inner,
      tenure,
      options,
      present: () => this.#tenure,
      enter: (next, wanted) => this.#enter(next, wanted),
      leave: (left, old) => {
        this.#leave(left, old);
      },
      onClose: () => {
        this.#streams.delete(stream);
      },
    });
    this.#streams.add(stream);
    return stream;
  }

  /** Streams use it from their next utterance on. The recogniser is closed by this from here on. */
  replace(recognizer: Recognizer): void {
    const old = this.#tenure;
    this.#tenure = { recognizer, streams: new Set() };
    this.#retired.add(old);
    this.#closeIfDeserted(old);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stream of this.#streams) stream.close();
    const all = [this.#tenure, ...this.#retired];
    this.#retired.clear();
    await Promise.all(all.map(({ recognizer }) => recognizer.close()));
  }

  async #enter(tenure: Tenure, options: RecognizerStreamOptions): Promise<RecognizerStream> {
    const stream = await tenure.recognizer.open(options);
    tenure.streams.add(stream);
    return stream;
  }

  #leave(tenure: Tenure, stream: RecognizerStream): void {
    stream.close();
    tenure.streams.delete(stream);
    this.#closeIfDeserted(tenure);
  }

  #closeIfDeserted(tenure: Tenure): void {
    if (tenure.streams.size > 0 || !this.#retired.delete(tenure)) return;
    // What it held is free whatever becomes of this.
    tenure.recognizer.close().catch(() => undefined);
  }
}
