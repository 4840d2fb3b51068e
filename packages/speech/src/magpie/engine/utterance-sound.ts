import { SerialQueue } from "@parley/threads/serial-queue";
import type { CodecStream } from "../codec/streaming-codec";
import { FramePieces } from "./frame-pieces";
import type { SpeechQuality } from "./magpie-request";

/** Decodes the frames of one utterance to sound, piece by piece and in order, beside the decoder. */
export class UtteranceSound {
  readonly #codec: CodecStream;
  readonly #pieces: FramePieces;
  readonly #queue = new SerialQueue();
  readonly #onSamples: (samples: Float32Array) => void;
  readonly #onFailure: (error: Error) => void;
  #isClosed = false;

  constructor(options: {
    codec: CodecStream;
    quality: SpeechQuality;
    onSamples: (samples: Float32Array) => void;
    onFailure: (error: Error) => void;
  }) {
    this.#codec = options.codec;
    this.#pieces = new FramePieces(options.quality);
    this.#onSamples = options.onSamples;
    this.#onFailure = options.onFailure;
  }

  /** Adds frames of the current chunk. */
  add(frames: readonly number[][]): void {
    this.#decode(this.#pieces.add(frames));
  }

  /** Ends the current chunk. */
  endChunk(): void {
    this.#decode(this.#pieces.endChunk());
  }

  /** Calls `done` once everything added so far is decoded. */
  afterAll(done: () => void): void {
    void this.#queue.run(() => {
      done();
      return Promise.resolve();
    });
  }

  /** Drops pending pieces. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#codec.close();
  }

  #decode(frames: number[][] | null): void {
    if (frames === null) return;
    this.#queue
      .run(async () => {
        if (this.#isClosed) return;
        this.#emit(await this.#codec.decode(frames));
      })
      .catch((error: unknown) => {
        this.#onFailure(error as Error);
      });
  }

  #emit(samples: Float32Array): void {
    if (!this.#isClosed) this.#onSamples(samples);
  }
}
