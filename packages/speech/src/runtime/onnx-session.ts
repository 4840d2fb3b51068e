import { basename } from "node:path";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { AppError, errorMessage } from "@parley/shared/errors";
import { DeviceFailure } from "./device/device-failure";
import { webgpuLock } from "./device/device-lock";
import { freeTensors } from "./device/shared-tensors";
import { ProviderFallback, type ExecutionProvider } from "./execution-providers";
import type { OnnxBytes } from "./onnx-bytes";
import { onnxruntime } from "./onnxruntime";
import { FirstRunProfile } from "./placement/first-run-profile";
import { sizeOnDisk } from "./size-on-disk";

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
  /**
   * Lets the session's threads sleep between its runs. By itself onnxruntime has them wait busily for
   * the next one, on cores that a model's other graphs could compute on meanwhile.
   */
  sleepsBetweenRuns?: boolean;
  /**
   * Outputs that stay on the device, to be fed to later runs; without effect where the provider
   * cannot keep them. Their owner disposes of each exactly once.
   */
  keptOutputs?: readonly string[];
  /** For a small graph beside a model's own, which is opened while others run: tells no placement. */
  isHelper?: boolean;
};

/** Providers that onnxruntime-node can leave tensors with. */
const keepingProviders: readonly ExecutionProvider[] = ["webgpu"];

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
  /** What computes it; operators that the provider lacks are left to the CPU. */
  readonly provider: ExecutionProvider;
  /** Outputs that stay on the device. */
  readonly #kept: readonly string[];
  readonly #providers: ProviderFallback;
  /** Until the first run. */
  #profile: FirstRunProfile | null;
  readonly inputs: ReadonlyMap<string, DeclaredShape>;
  readonly outputs: ReadonlyMap<string, DeclaredShape>;

  /** Rejects with `model-mismatch` when the file is missing or cannot run here. */
  static async open(model: string | OnnxBytes, settings: OnnxSettings): Promise<OnnxSession> {
    const file = basename(typeof model === "string" ? model : model.path);
    const fallback = settings.providers ?? new ProviderFallback(["cpu"]);
    const isTold = fallback.tellsPlacement && settings.isHelper !== true;
    const profile = isTold && fallback.inUse !== "cpu" ? await FirstRunProfile.begin() : null;
    try {
      const session = await fallback.use(
        (providers) =>
          alone(providers[0] ?? "cpu", () => create(model, providers, settings, profile)),
        await sizeOnDisk(model),
      );
      const opened = new OnnxSession(session, { file, fallback, settings, profile });
      if (opened.provider === "cpu") await opened.#discardProfile();
      return opened;
    } catch (error) {
      await profile?.discard();
      throw new AppError(
        "model-mismatch",
        `${file} cannot be loaded: ${errorMessage(error).slice(0, 200)}`,
        { cause: error },
      );
    }
  }

  private constructor(
    session: InferenceSession,
    {
      file,
      fallback,
      settings: { keptOutputs = [] },
      profile,
    }: {
      file: string;
      fallback: ProviderFallback;
      settings: OnnxSettings;
      profile: FirstRunProfile | null;
    },
  ) {
    this.#session = session;
    this.file = file;
    this.provider = fallback.inUse;
    this.#providers = fallback;
    this.#profile = profile;
    this.#kept = this.keepsOutputs ? keptOutputs : [];
    this.inputs = shapes(session.inputMetadata);
    this.outputs = shapes(session.outputMetadata);
  }

  /** Whether `keptOutputs` stay on the device. */
  get keepsOutputs(): boolean {
    return keepingProviders.includes(this.provider);
  }

  /**
   * @param fetches wanted outputs, all when left out: a tensor to write into, or null to allocate
   * @throws DeviceFailure when an accelerator failed, after which nothing on it can be used
   */
  async run(
    feeds: OnnxTensors,
    fetches?: Readonly<Record<string, Tensor | null>>,
  ): Promise<OnnxOutputs> {
    const profile = this.#profile;
    this.#profile = null;
    try {
      const isSubset = fetches !== undefined && this.#kept.length === 0;
      const outputs = await alone(this.provider, async () => {
        const computed = isSubset
          ? await this.#session.run(feeds, fetches)
          : await this.#session.run(feeds);
        profile?.end(this.#session);
        return computed;
      });
      const placement = (await profile?.read(this.file)) ?? null;
      if (placement !== null) this.#providers.notePlacement(this.provider, placement);
      if (fetches !== undefined) this.#freeUnwanted(outputs, fetches);
      return new OnnxOutputs(this.file, outputs);
    } catch (error) {
      await profile?.discard();
      if (this.provider === "cpu") throw error;
      throw new DeviceFailure(this.provider, this.file, error);
    }
  }

  /**
   * Frees kept outputs that nobody asked for. onnxruntime-node has to be asked for all of them: what
   * is left out stays bound to the memory of the run before.
   */
  #freeUnwanted(
    outputs: InferenceSession.ReturnType,
    fetches: Readonly<Record<string, Tensor | null>>,
  ): void {
    const unwanted = this.#kept.filter((name) => !(name in fetches));
    freeTensors(unwanted.flatMap((name) => outputs[name] ?? []));
  }

  async release(): Promise<void> {
    await alone(this.provider, () => this.#session.release());
    await this.#discardProfile();
  }

  async #discardProfile(): Promise<void> {
    const profile = this.#profile;
    this.#profile = null;
    await profile?.discard();
  }
}

/** The values of a float32 tensor in this process's memory. */
export function floatsOf(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new TypeError("a float32 tensor was expected");
}

/** Runs `task` while no other thread uses the provider, where it stands only one at a time. */
function alone<Result>(provider: ExecutionProvider, task: () => Promise<Result>): Promise<Result> {
  return provider === "webgpu" ? webgpuLock.use(task) : task();
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

function create(
  model: string | OnnxBytes,
  providers: readonly ExecutionProvider[],
  { threads, flushesDenormals, sleepsBetweenRuns, keptOutputs = [] }: OnnxSettings,
  profile: FirstRunProfile | null,
): Promise<InferenceSession> {
  const { InferenceSession } = onnxruntime();
  const session = {
    ...(flushesDenormals === true ? { set_denormal_as_zero: "1" } : {}),
    ...(sleepsBetweenRuns === true ? { force_spinning_stop: "1" } : {}),
  };
  const isKept =
    keptOutputs.length > 0 && providers.some((provider) => keepingProviders.includes(provider));
  const options: InferenceSession.SessionOptions = {
    executionProviders: providers,
    extra: { session },
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // Errors only: onnxruntime logs to the console.
    logSeverityLevel: 3,
    ...(providers[0] === "cpu" ? {} : profile?.options),
    ...(isKept
      ? {
          preferredOutputLocation: Object.fromEntries(
            keptOutputs.map((name) => [name, "gpu-buffer"]),
          ),
        }
      : {}),
  };
  if (typeof model === "string") return InferenceSession.create(model, options);
  const folder = { model_external_initializers_file_folder_path: model.directory };
  return InferenceSession.create(model.bytes, {
    ...options,
    extra: { session: { ...session, ...folder } },
  });
}

function shapes(
  metadata: readonly InferenceSession.ValueMetadata[],
): ReadonlyMap<string, DeclaredShape> {
  return new Map(metadata.map((value) => [value.name, value.isTensor ? value.shape : []]));
}
