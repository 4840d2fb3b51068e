import type { OnnxOutputs, OnnxRunner } from "../../runtime/onnx-session";
import { floatTensor } from "../../runtime/tensors";
import type { DecoderShape, DecoderStep, TransducerDecoder } from "./asr-model";
import type { JoinerInterface, PredictorInterface } from "./decoder-interface";
import { PredictionCache } from "./prediction-cache";
import { frameByFrame, FrameLayout } from "./joint-frames";
import { nextStates, predictorFeeds } from "./predictor-feeds";

/** Prediction network and joint in two graphs, as in sherpa-onnx and ONNX Runtime GenAI. */
export class SplitDecoder implements TransducerDecoder {
  readonly shape: DecoderShape;
  readonly maxBatch: number;
  readonly #decoder: OnnxRunner;
  readonly #joiner: OnnxRunner;
  readonly #predictor: PredictorInterface;
  readonly #joint: JoinerInterface;
  readonly #layout: FrameLayout;
  readonly #cache = new PredictionCache<OnnxOutputs>();

  constructor(
    sessions: { decoder: OnnxRunner; joiner: OnnxRunner },
    { predictor, joint }: { predictor: PredictorInterface; joint: JoinerInterface },
    shape: DecoderShape,
  ) {
    this.#decoder = sessions.decoder;
    this.#joiner = sessions.joiner;
    this.#predictor = predictor;
    this.#joint = joint;
    this.#layout = new FrameLayout(joint, shape.encoderWidth);
    this.shape = shape;
    this.maxBatch = predictor.isSingle || joint.isSingle || joint.takesOneFrame ? 1 : Infinity;
  }

  async run(
    step: DecoderStep,
  ): Promise<{ logits: Float32Array; hidden: Float32Array; cell: Float32Array }> {
    const { predictorLayers: layers, predictorWidth: width, encoderWidth } = this.shape;
    const { batch, frames, encoded } = step;
    let outputs = this.#cache.get(step);
    if (outputs === null) {
      outputs = await this.#decoder.run(predictorFeeds(this.#predictor, { layers, width }, step));
      this.#cache.set(step, outputs);
    }
    const predicted = outputs.floats(this.#predictor.predicted);
    const join = (block: Float32Array, count: number) =>
      this.#join(block, { batch, frames: count }, predicted);
    const logits =
      this.#joint.takesOneFrame && frames > 1
        ? await frameByFrame(encoded, { frames, width: encoderWidth }, (row) => join(row, 1))
        : await join(encoded, frames);
    return { logits, ...nextStates(this.#predictor, outputs) };
  }

  async #join(
    encoded: Float32Array,
    { batch, frames }: { batch: number; frames: number },
    predicted: Float32Array,
  ): Promise<Float32Array> {
    const width = this.shape.predictorWidth;
    // One step: [batch, width, 1] and [batch, 1, width] have the same layout.
    const shape = this.#joint.isPredictionStepFirst ? [batch, 1, width] : [batch, width, 1];
    const outputs = await this.#joiner.run({
      [this.#joint.encoded]: this.#layout.tensor(encoded, batch, frames),
      [this.#joint.predicted]: floatTensor(predicted, shape),
    });
    return outputs.floats(this.#joint.logits);
  }
}
