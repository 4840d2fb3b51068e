import { AppError } from "@parley/shared/errors";
import type { Recognition, RecognizedToken, RecognizerStream } from "../../contracts/recognizer";
import { SerialQueue } from "../../runtime/serial-queue";
import { ChunkPlanner, type MelChunk } from "../streaming/chunk-planner";
import { FeatureExtractor } from "../features/feature-extractor";
import type { LogMel } from "../features/log-mel";
import type { EncoderState, StreamingEncoder } from "../streaming/streaming-encoder";
import { emptyText, toText, type PartialText, type Tokenizer } from "../tokenizer/tokenizer";
import type { DecoderState, TransducerDecoder } from "../decoding/transducer-decoder";

export type TransducerStreamParts = {
  logMel: LogMel;
  rightContext: number;
  encoder: StreamingEncoder;
  decoder: TransducerDecoder;
  tokenizer: Tokenizer;
  onClose: () => void;
};

/** Everything that a chunk moves on. Never changed once made: going back is keeping the old one. */
type Progress = {
  readonly encoder: EncoderState;
  readonly decoder: DecoderState;
  /** Encoder frames so far. */
  readonly frames: number;
  readonly tokens: readonly RecognizedToken[];
  readonly text: PartialText;
};

/** One speaker's way through features, encoder, decoder and tokenizer. */
export class TransducerStream implements RecognizerStream {
  readonly #parts: TransducerStreamParts;
  readonly #queue = new SerialQueue();
  #features: FeatureExtractor;
  #planner: ChunkPlanner;
  #progress: Progress;
  #isClosed = false;

  constructor(parts: TransducerStreamParts) {
    this.#parts = parts;
    this.#features = new FeatureExtractor(parts.logMel);
    this.#planner = new ChunkPlanner(parts.logMel.mels, parts.rightContext);
    this.#progress = this.#begin();
  }

  write(samples: Int16Array): Promise<Recognition> {
    return this.#enqueue(async () => {
      for (const chunk of this.#planner.push(this.#features.push(samples))) {
        this.#progress = await this.#advance(this.#progress, chunk);
      }
      return toRecognition(this.#progress);
    });
  }

  peekFinal(): Promise<Recognition> {
    return this.#enqueue(() => this.#runOut());
  }

  finish(): Promise<Recognition> {
    return this.#enqueue(async () => {
      const settled = await this.#runOut();
      this.#restart();
      return settled;
    });
  }

  reset(): Promise<void> {
    return this.#enqueue(() => {
      this.#restart();
      return Promise.resolve();
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.onClose();
  }

  /** Resolves once no call is under way. */
  idle(): Promise<void> {
    return this.#queue.run(() => Promise.resolve());
  }

  #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#queue.run(async () => {
      this.#requireOpen();
      try {
        return await task();
      } catch (error) {
        // Sound was taken that no longer counts: what follows must not be heard as its sequel.
        this.#restart();
        throw error;
      }
    });
  }

  async #runOut(): Promise<Recognition> {
    let progress = this.#progress;
    for (const chunk of this.#planner.runOut(this.#features.remaining())) {
      progress = await this.#advance(progress, chunk);
    }
    return toRecognition(progress);
  }

  async #advance(progress: Progress, chunk: MelChunk): Promise<Progress> {
    this.#requireOpen();
    const { encoder, decoder, tokenizer } = this.#parts;
    const step = await encoder.step(progress.encoder, chunk);
    const { tokens, state } = await decoder.decode(progress.decoder, step.encoded);
    return {
      encoder: step.state,
      decoder: state,
      frames: progress.frames + step.encoded.count,
      tokens:
        tokens.length === 0
          ? progress.tokens
          : [
              ...progress.tokens,
              ...tokens.map(({ id, frame }) => ({ id, frame: progress.frames + frame })),
            ],
      text: tokens.reduce((text, { id }) => tokenizer.append(text, id), progress.text),
    };
  }

  #restart(): void {
    this.#features = new FeatureExtractor(this.#parts.logMel);
    this.#planner = new ChunkPlanner(this.#parts.logMel.mels, this.#parts.rightContext);
    this.#progress = this.#begin();
  }

  #begin(): Progress {
    const { encoder, decoder } = this.#parts;
    return {
      encoder: encoder.start(),
      decoder: decoder.start(),
      frames: 0,
      tokens: [],
      text: emptyText,
    };
  }

  #requireOpen(): void {
    if (this.#isClosed) {
      throw new AppError("invalid-state", "The recogniser's stream is closed.");
    }
  }
}

function toRecognition({ text, tokens }: Progress): Recognition {
  return { text: toText(text), tokens };
}
