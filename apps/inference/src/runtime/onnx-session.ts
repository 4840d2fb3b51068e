import { basename } from "node:path";
import { InferenceSession, type Tensor } from "onnxruntime-node";
import { AppError, errorMessage } from "@parley/shared/errors";

export type OnnxSettings = {
  /** Threads within one operator. One by default: engines run beside each other. */
  threads: number;
};

/** A tensor's declared dimensions: a number where fixed, a name where free. */
export type DeclaredShape = readonly (number | string)[];

/**
 * A loaded ONNX graph. `run` computes on the calling thread and blocks it, so sessions live in
 * engine threads, never on the main one.
 */
export class OnnxSession {
  readonly #session: InferenceSession;
  /** The file, for messages. */
  readonly file: string;
  readonly inputs: ReadonlyMap<string, DeclaredShape>;
  readonly outputs: ReadonlyMap<string, DeclaredShape>;

  /** Rejects with `model-mismatch` when the file is missing or is no graph that runs here. */
  static async open(path: string, settings: OnnxSettings): Promise<OnnxSession> {
    try {
      const session = await InferenceSession.create(path, {
        executionProviders: ["cpu"],
        intraOpNumThreads: settings.threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: "all",
        // Warnings of the optimiser go to the console otherwise.
        logSeverityLevel: 3,
      });
      return new OnnxSession(session, basename(path));
    } catch (error) {
      throw new AppError(
        "model-mismatch",
        `${basename(path)} cannot be loaded: ${errorMessage(error).slice(0, 200)}`,
        { cause: error },
      );
    }
  }

  private constructor(session: InferenceSession, file: string) {
    this.#session = session;
    this.file = file;
    this.inputs = shapes(session.inputMetadata);
    this.outputs = shapes(session.outputMetadata);
  }

  async run(feeds: Readonly<Record<string, Tensor>>): Promise<OnnxOutputs> {
    return new OnnxOutputs(this.file, await this.#session.run(feeds));
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** All that a computation needs of a session; tests put their own in its place. */
export type OnnxRunner = Pick<OnnxSession, "run">;

/** What one run computed, by output name. */
export class OnnxOutputs {
  readonly #file: string;
  readonly #tensors: InferenceSession.ReturnType;

  constructor(file: string, tensors: InferenceSession.ReturnType) {
    this.#file = file;
    this.#tensors = tensors;
  }

  /** Any output as a tensor, to be fed into the next run. */
  tensor(name: string): Tensor {
    const tensor = this.#tensors[name];
    if (tensor === undefined) {
      throw new AppError("model-mismatch", `${this.#file} has no output ${name}`);
    }
    return tensor;
  }

  /** The values of a float32 output. */
  floats(name: string): Float32Array {
    const { data } = this.tensor(name);
    if (!(data instanceof Float32Array)) {
      throw new AppError("model-mismatch", `output ${name} of ${this.#file} is not float32`);
    }
    return data;
  }
}

function shapes(
  metadata: readonly InferenceSession.ValueMetadata[],
): ReadonlyMap<string, DeclaredShape> {
  return new Map(metadata.map((value) => [value.name, value.isTensor ? value.shape : []]));
}
