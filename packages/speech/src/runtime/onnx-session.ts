import { basename } from "node:path";
import { InferenceSession, type Tensor } from "onnxruntime-node";
import { AppError, errorMessage } from "@parley/shared/errors";
import { ProviderFallback } from "./execution-providers";

export type OnnxSettings = {
  /** Threads within one operator. */
  threads: number;
  /** Shared by a model's graphs; the CPU alone when left out. */
  providers?: ProviderFallback;
  /**
   * Flushes denormal numbers to zero: CPUs are slow with them, and graphs with long decays produce
   * thousands. It holds for the session's own threads; of calling threads onnxruntime changes only
   * that of the first session in the process.
   */
  flushesDenormals?: boolean;
};

/** A graph in memory, such as one changed after reading. */
export type OnnxBytes = {
  bytes: Uint8Array;
  /** The file it was read from, for messages. */
  path: string;
  /** Folder of external weights. */
  directory: string;
};

/** A tensor's declared dimensions: numbers if fixed, names if free. */
export type DeclaredShape = readonly (number | string)[];

/** Values by input or output name. */
export type OnnxTensors = Readonly<Record<string, Tensor>>;

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

  /** Rejects with `model-mismatch` when the file is missing or cannot run here. */
  static async open(model: string | OnnxBytes, settings: OnnxSettings): Promise<OnnxSession> {
    const file = basename(typeof model === "string" ? model : model.path);
    const fallback = settings.providers ?? new ProviderFallback(["cpu"]);
    try {
      const session = await fallback.use((executionProviders) => {
        const denormals = settings.flushesDenormals === true ? { set_denormal_as_zero: "1" } : {};
        const options: InferenceSession.SessionOptions = {
          executionProviders,
          extra: { session: denormals },
          intraOpNumThreads: settings.threads,
          interOpNumThreads: 1,
          graphOptimizationLevel: "all",
          // Errors only: onnxruntime logs to the console.
          logSeverityLevel: 3,
        };
        if (typeof model === "string") return InferenceSession.create(model, options);
        const folder = { model_external_initializers_file_folder_path: model.directory };
        return InferenceSession.create(model.bytes, {
          ...options,
          extra: { session: { ...denormals, ...folder } },
        });
      });
      return new OnnxSession(session, file);
    } catch (error) {
      throw new AppError(
        "model-mismatch",
        `${file} cannot be loaded: ${errorMessage(error).slice(0, 200)}`,
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

  /**
   * @param fetches wanted outputs, all when left out: a tensor to write into, or null to allocate
   */
  async run(
    feeds: OnnxTensors,
    fetches?: Readonly<Record<string, Tensor | null>>,
  ): Promise<OnnxOutputs> {
    const run =
      fetches === undefined ? this.#session.run(feeds) : this.#session.run(feeds, fetches);
    return new OnnxOutputs(this.file, await run);
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** The part of a session that computations use; tests replace it. */
export type OnnxRunner = Pick<OnnxSession, "run">;

/** The outputs of one run, by name. */
export class OnnxOutputs {
  readonly #file: string;
  readonly #tensors: InferenceSession.ReturnType;

  constructor(file: string, tensors: InferenceSession.ReturnType) {
    this.#file = file;
    this.#tensors = tensors;
  }

  /** Any output as a tensor, for example to feed the next run. */
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

  /** The values of an int32 or int64 output. */
  integers(name: string): number[] {
    const { data } = this.tensor(name);
    if (data instanceof BigInt64Array || data instanceof Int32Array)
      return Array.from(data, Number);
    throw new AppError("model-mismatch", `output ${name} of ${this.#file} is not whole numbers`);
  }
}

function shapes(
  metadata: readonly InferenceSession.ValueMetadata[],
): ReadonlyMap<string, DeclaredShape> {
  return new Map(metadata.map((value) => [value.name, value.isTensor ? value.shape : []]));
}
