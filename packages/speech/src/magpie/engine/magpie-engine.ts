import type { MagpieInference, MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { childController } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import type { BatchSizes } from "../../contracts/batch-sizes";
import type {
  DeviceSettings,
  ExecutionProvider,
  ProviderFallback,
} from "../../runtime/execution-providers";
import type { CodecReport, StreamingCodec } from "../codec/streaming-codec";
import { ThreadedCodec } from "../codec/threaded-codec";
import type { StepNoise } from "../decoding/gumbel-noise";
import { openMagpieModel, type MagpieModel } from "../decoding/magpie-model";
import { allotDevice, type Allotment } from "./allot-device";
import { checkMagpieRequest } from "./check-magpie-request";
import { DecodingLoop } from "./decoding-loop";
import { codecNeeds } from "./device-needs";
import { Utterance } from "./utterance";
import type { MagpiePart, MagpieRequest } from "./magpie-request";

export type MagpieEngineSettings = {
  /** Folder that `convertMagpie` wrote. */
  model: string;
  /** Folder that `convertCodec` wrote. */
  codec: string;
  /** Threads of each graph. */
  threads: number;
  /** Execution providers, best first. */
  providers: readonly ExecutionProvider[];
  /** Its memory is for the weights of model and codec, and for what each voice keeps. */
  device?: DeviceSettings | undefined;
  /** Limit on concurrent utterances; a device's memory may have room for fewer. */
  maxStreams: number;
  /** Decoding parameters that replace the model's own. */
  inference?: Partial<MagpieInference>;
};

/**
 * Magpie speech from text ids. The decoder runs on the calling thread and blocks it, for all
 * utterances at once; the codec has a thread of its own.
 */
export class MagpieEngine {
  readonly #model: MagpieModel;
  readonly #codec: StreamingCodec;
  readonly #providers: ProviderFallback;
  readonly #loop: DecodingLoop;
  readonly #maxStreams: number;
  readonly #noise: (() => StepNoise) | null;
  readonly #closing = new AbortController();

  /** Rejects with `model-mismatch` when model or codec cannot run or do not fit each other. */
  static async open(settings: MagpieEngineSettings): Promise<MagpieEngine> {
    const { threads, device } = settings;
    const allotment = await allotDevice(settings, await codecNeeds(settings.codec));
    const codec = await ThreadedCodec.open({
      directory: settings.codec,
      threads,
      providers: allotment.providers.inUse === "cpu" ? [] : settings.providers,
      device: { tellsPlacement: device?.tellsPlacement },
    });
    try {
      return await MagpieEngine.#openAllotted(settings, { codec, allotment, noise: null });
    } catch (error) {
      await codec.close();
      throw error;
    }
  }

  /**
   * Opens the engine with another codec, which it closes with itself.
   *
   * @param noise makes an utterance's noise, in place of the seeded one
   */
  static async openWith(
    settings: Omit<MagpieEngineSettings, "codec">,
    codec: StreamingCodec,
    noise: (() => StepNoise) | null = null,
  ): Promise<MagpieEngine> {
    const allotment = await allotDevice(settings, null);
    return await MagpieEngine.#openAllotted(settings, { codec, allotment, noise });
  }

  static async #openAllotted(
    settings: Omit<MagpieEngineSettings, "codec">,
    {
      codec,
      allotment,
      noise,
    }: { codec: StreamingCodec; allotment: Allotment; noise: (() => StepNoise) | null },
  ): Promise<MagpieEngine> {
    const { threads, inference = {} } = settings;
    const { providers } = allotment;
    const model = await openMagpieModel(settings.model, { threads, providers, inference });
    try {
      requireFit(model.manifest, codec);
      const loop = await DecodingLoop.open(model);
      // A device that refused the model has no say in it any more.
      const isOnDevice = providers.inUse !== "cpu";
      const { maxStreams } = isOnDevice ? allotment : settings;
      if (isOnDevice && allotment.remark !== null) providers.remark(allotment.remark);
      return new MagpieEngine({ model, codec, loop, maxStreams, noise, providers });
    } catch (error) {
      await model.close();
      throw error;
    }
  }

  private constructor(parts: {
    model: MagpieModel;
    codec: StreamingCodec;
    loop: DecodingLoop;
    maxStreams: number;
    noise: (() => StepNoise) | null;
    providers: ProviderFallback;
  }) {
    this.#providers = parts.providers;
    this.#model = parts.model;
    this.#codec = parts.codec;
    this.#loop = parts.loop;
    this.#maxStreams = parts.maxStreams;
    this.#noise = parts.noise;
  }

  get manifest(): MagpieManifest {
    return this.#model.manifest;
  }

  /** For operators: what is not computed where it was wanted, and why. */
  get remarks(): readonly string[] {
    return [...this.#providers.remarks, ...(this.#codec.remarks ?? [])];
  }

  /** As `remarks`, with what the codec's first run has told, and where the nodes are computed. */
  async report(): Promise<CodecReport> {
    const codec = await this.#codec.report?.();
    return {
      remarks: [...this.#providers.remarks, ...(codec?.remarks ?? this.#codec.remarks ?? [])],
      placements: [...this.#providers.placements, ...(codec?.placements ?? [])],
    };
  }

  /** What computes the decoder, which takes most of the time. */
  get runsOn(): ExecutionProvider {
    return this.#providers.inUse;
  }

  /** Hz. */
  get sampleRate(): number {
    return this.#codec.sampleRate;
  }

  /** Number of utterances being decoded. */
  get streams(): number {
    return this.#loop.size;
  }

  /** Decoder steps so far, by the number of utterances that took them together. */
  get stepSizes(): BatchSizes {
    return this.#loop.stepSizes;
  }

  /**
   * Yields the sound as it is made, then one end. Rejects with `invalid-request`, with `at-capacity`
   * when `maxStreams` utterances are being spoken, and with the signal's reason.
   */
  async *synthesize(request: MagpieRequest): AsyncGenerator<MagpiePart, void, void> {
    const { signal } = request;
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    checkMagpieRequest(request, this.#model.manifest);
    if (this.#loop.size >= this.#maxStreams) {
      throw new AppError("at-capacity", `${this.#maxStreams} replies are being spoken already.`, {
        isRetryable: true,
      });
    }
    const noise = this.#noise?.();
    const codec = this.#codec.open();
    const utterance = new Utterance({
      model: this.#model,
      request,
      codec,
      ...(noise === undefined ? {} : { noise }),
    });
    const controller = childController(AbortSignal.any([signal, this.#closing.signal]));
    const stopped = controller.signal;
    stopped.addEventListener(
      "abort",
      () => {
        utterance.fail(stopped.reason as Error);
      },
      { once: true },
    );
    this.#loop.add(utterance);
    try {
      yield* utterance.parts;
    } finally {
      controller.abort();
    }
  }

  /** Ends all utterances with `invalid-state`. Idempotent. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new AppError("invalid-state", "The synthesiser is closed."));
    await this.#loop.idle();
    this.#loop.close();
    await this.#model.close();
    await this.#codec.close();
  }
}

function requireFit(model: MagpieManifest, codec: StreamingCodec): void {
  const describe = ({ codebooks, codes }: { codebooks: number; codes: number }) =>
    `${codebooks} codebooks of ${codes} codes`;
  if (describe(model) === describe(codec)) return;
  const reason = `the model speaks ${describe(model)}, the codec ${describe(codec)}`;
  throw new AppError("model-mismatch", reason);
}
