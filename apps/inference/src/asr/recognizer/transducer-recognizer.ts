import { AppError } from "@parley/shared/errors";
import type { Recognizer, RecognizerStream } from "../../contracts/recognizer";
import type { OnnxSettings } from "../../runtime/onnx-session";
import { LogMel } from "../features/log-mel";
import { StreamingEncoder } from "../streaming/streaming-encoder";
import { TransducerDecoder } from "../decoding/transducer-decoder";
import { loadTransducerModel, type TransducerModel } from "../model/transducer-model";
import { TransducerStream } from "./transducer-stream";

export type TransducerSettings = OnnxSettings & {
  /** The folder of the model's files. */
  directory: string;
  /**
   * Encoder frames of 80 ms that a frame may look ahead; a chunk is one more. 1 (160 ms) suits
   * conversation, 6 (560 ms) accuracy. The model must have been trained with it.
   */
  rightContext: number;
};

/** A cache-aware FastConformer transducer, run on the calling thread. */
export class TransducerRecognizer implements Recognizer {
  readonly name = "built-in recogniser";
  readonly #model: TransducerModel;
  readonly #rightContext: number;
  readonly #logMel: LogMel;
  readonly #encoder: StreamingEncoder;
  readonly #decoder: TransducerDecoder;
  readonly #streams = new Set<TransducerStream>();
  #isClosed = false;

  /** Rejects with `model-mismatch` when the model cannot run so. */
  static async load(settings: TransducerSettings): Promise<TransducerRecognizer> {
    const model = await loadTransducerModel(settings.directory, settings);
    const { leftContext } = model.shape;
    const chunk = settings.rightContext + 1;
    // Otherwise the cache would hold part of a chunk, which training never saw.
    if (!Number.isInteger(chunk) || chunk < 1 || leftContext % chunk !== 0) {
      throw new AppError(
        "model-mismatch",
        `right context ${settings.rightContext}: chunks of ${chunk} frames do not divide the left context of ${leftContext}`,
      );
    }
    const recognizer = new TransducerRecognizer(model, settings.rightContext);
    await recognizer.#warmUp();
    return recognizer;
  }

  private constructor(model: TransducerModel, rightContext: number) {
    this.#model = model;
    this.#rightContext = rightContext;
    this.#logMel = new LogMel(model.shape.mels);
    this.#encoder = new StreamingEncoder(model.encoder, model.shape);
    this.#decoder = new TransducerDecoder(model.decoderJoint, model.shape, model.tokenizer.blank);
  }

  open(): Promise<RecognizerStream> {
    if (this.#isClosed) {
      return Promise.reject(new AppError("invalid-state", "The recogniser is closed."));
    }
    const stream = new TransducerStream({
      logMel: this.#logMel,
      rightContext: this.#rightContext,
      encoder: this.#encoder,
      decoder: this.#decoder,
      tokenizer: this.#model.tokenizer,
      onClose: () => {
        this.#streams.delete(stream);
      },
    });
    this.#streams.add(stream);
    return Promise.resolve(stream);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const streams = [...this.#streams];
    for (const stream of streams) stream.close();
    // A run on a released session would fail in native code.
    await Promise.all(streams.map((stream) => stream.idle()));
    await Promise.all([this.#model.encoder.release(), this.#model.decoderJoint.release()]);
  }

  /** The first runs allocate and compile; nobody should wait for that in mid-sentence. */
  async #warmUp(): Promise<void> {
    const stream = await this.open();
    await stream.write(new Int16Array(16_000));
    await stream.finish();
    stream.close();
  }
}
