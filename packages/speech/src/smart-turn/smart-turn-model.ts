import { AppError } from "@parley/shared/errors";
import { OnnxSession, type OnnxSettings } from "../runtime/onnx-session";
import { floatTensor } from "../runtime/tensors";
import { featureFrames, featureMels, SmartTurnFeatures } from "./smart-turn-features";

const inputName = "input_features";
/** The publisher's name; the value is a probability already. */
const outputName = "logits";

/** Smart Turn v3 (Daily, BSD 2-Clause), run on the calling thread. */
export class SmartTurnModel {
  readonly #session: OnnxSession;
  readonly #features = new SmartTurnFeatures();

  /** Rejects with `model-mismatch` when the file is another model. @param path of its ONNX graph */
  static async load(path: string, settings: OnnxSettings): Promise<SmartTurnModel> {
    const session = await OnnxSession.open(path, settings);
    const shape = session.inputs.get(inputName);
    const isShape = shape?.[1] === featureMels && shape[2] === featureFrames;
    if (!isShape || !session.outputs.has(outputName)) {
      await session.release();
      throw new AppError("model-mismatch", `${session.file} is not Smart Turn v3`);
    }
    const model = new SmartTurnModel(session);
    // The first run is slow: it allocates.
    await model.probability(new Int16Array(0));
    return model;
  }

  private constructor(session: OnnxSession) {
    this.#session = session;
  }

  /** @param sound 16 kHz, ending now; of more than 8 s the last count */
  async probability(sound: Int16Array): Promise<number> {
    const features = floatTensor(this.#features.of(sound), [1, featureMels, featureFrames]);
    const outputs = await this.#session.run({ [inputName]: features });
    return outputs.floats(outputName)[0] ?? 0;
  }
}
