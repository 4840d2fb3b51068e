import type { OnnxRunner } from "../../runtime/onnx-session";
import type { DecoderShape, DecoderStep, TransducerDecoder } from "./asr-model";
import type { JointInterface, PredictorInterface } from "./decoder-interface";
import { frameByFrame, FrameLayout } from "./joint-frames";
import { nextStates, predictorFeeds } from "./predictor-feeds";

type Scores = { logits: Float32Array; hidden: Float32Array; cell: Float32Array };

/** Prediction network and joint in one graph: NeMo's `decoder_joint`. */
export class FusedDecoder implements TransducerDecoder {
  readonly shape: DecoderShape;
  readonly maxBatch: number;
  readonly #session: OnnxRunner;
  readonly #predictor: PredictorInterface;
  readonly #joint: JointInterface;
  readonly #layout: FrameLayout;

  constructor(
    session: OnnxRunner,
    { predictor, joint }: { predictor: PredictorInterface; joint: JointInterface },
    shape: DecoderShape,
  ) {
    this.#session = session;
    this.#predictor = predictor;
    this.#joint = joint;
    this.#layout = new FrameLayout(joint, shape.encoderWidth);
    this.shape = shape;
    this.maxBatch = predictor.isSingle || joint.isSingle || joint.takesOneFrame ? 1 : Infinity;
  }

  async run(step: DecoderStep): Promise<Scores> {
    if (!this.#joint.takesOneFrame || step.frames === 1) return this.#score(step);
    const scores: Scores[] = [];
    const logits = await frameByFrame(
      step.encoded,
      { frames: step.frames, width: this.shape.encoderWidth },
      async (encoded) => {
        const scored = await this.#score({ ...step, encoded, frames: 1 });
        scores.push(scored);
        return scored.logits;
      },
    );
    // The states depend on the token alone, so they are the same for every frame.
    const [first] = scores;
    if (first === undefined) throw new TypeError("no frames to decode");
    const { hidden, cell } = first;
    return { logits, hidden, cell };
  }

  async #score(step: DecoderStep): Promise<Scores> {
    const { predictorLayers: layers, predictorWidth: width } = this.shape;
    const { batch, frames, encoded } = step;
    const outputs = await this.#session.run({
      ...predictorFeeds(this.#predictor, { layers, width }, step),
      [this.#joint.encoded]: this.#layout.tensor(encoded, batch, frames),
    });
    return {
      logits: outputs.floats(this.#joint.logits),
      ...nextStates(this.#predictor, outputs),
    };
  }
}
