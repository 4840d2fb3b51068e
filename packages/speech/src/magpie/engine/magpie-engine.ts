import type { MagpieInference, MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { childController } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import { ProviderFallback, type ExecutionProvider } from "../../runtime/execution-providers";
import type { StreamingCodec } from "../codec/streaming-codec";
import { ThreadedCodec } from "../codec/threaded-codec";
import type { StepNoise } from "../decoding/gumbel-noise";
import { openMagpieModel, type MagpieModel } from "../decoding/magpie-model";
import { checkRequest } from "./check-request";
import { DecodingLoop } from "./decoding-loop";
import { Reply } from "./reply";
import type { MagpiePart, SpeechRequest } from "./speech-request";

export type MagpieEngineSettings = {
  /** From `convertMagpie`. */
  model: string;
  /** From `convertCodec`. */
  codec: string;
  /** Of each graph. */
  threads: number;
  /** Best first. */
  providers: readonly ExecutionProvider[];
  /** Replies that may be spoken at once. */
  maxStreams: number;
  /** What differs from the model's own way of decoding. */
  inference?: Partial<MagpieInference>;
};

/**
 * Magpie speech from text ids. The decoder runs on the calling thread, which its runs block, for all
 * replies at once; the codec has a thread of its own.
 */
export class MagpieEngine {
  readonly #model: MagpieModel;
  readonly #codec: StreamingCodec;
  readonly #loop: DecodingLoop;
  readonly #maxStreams: number;
  readonly #noise: (() => StepNoise) | null;
  readonly #closing = new AbortController();

  /** Rejects with `model-mismatch` when model or codec cannot run, or do not fit each other. */
  static async open(settings: MagpieEngineSettings): Promise<MagpieEngine> {
    const { threads, providers } = settings;
    const codec = await ThreadedCodec.open({ directory: settings.codec, threads, providers });
    try {
      return await MagpieEngine.openWith(settings, codec);
    } catch (error) {
      await codec.close();
      throw error;
    }
  }

  /**
   * With another codec, which the engine closes with itself.
   *
   * @param noise of a reply, in place of the seeded one
   */
  static async openWith(
    settings: Omit<MagpieEngineSettings, "codec">,
    codec: StreamingCodec,
    noise: (() => StepNoise) | null = null,
  ): Promise<MagpieEngine> {
    const { threads, inference = {}, maxStreams } = settings;
    const providers = new ProviderFallback(settings.providers);
    const model = await openMagpieModel(settings.model, { threads, providers, inference });
    try {
      requireFit(model.manifest, codec);
      const loop = await DecodingLoop.open(model);
      return new MagpieEngine({ model, codec, loop, maxStreams, noise });
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
  }) {
    this.#model = parts.model;
    this.#codec = parts.codec;
    this.#loop = parts.loop;
    this.#maxStreams = parts.maxStreams;
    this.#noise = parts.noise;
  }

  get manifest(): MagpieManifest {
    return this.#model.manifest;
  }

  /** Hz. */
  get sampleRate(): number {
    return this.#codec.sampleRate;
  }

  /** Replies that are being decoded. */
  get streams(): number {
    return this.#loop.size;
  }

  /**
   * Sound as it is made, then one end. Rejects with `invalid-request`, with `at-capacity` when as
   * many replies as may be are spoken already, and with the signal's reason.
   */
  async *synthesize(request: SpeechRequest): AsyncGenerator<MagpiePart, void, void> {
    const { signal } = request;
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    checkRequest(request, this.#model.manifest);
    if (this.#loop.size >= this.#maxStreams) {
      throw new AppError("at-capacity", `${this.#maxStreams} replies are being spoken already.`, {
        isRetryable: true,
      });
    }
    const noise = this.#noise?.();
    const codec = this.#codec.open();
    const reply = new Reply({
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
        reply.fail(stopped.reason as Error);
      },
      { once: true },
    );
    this.#loop.add(reply);
    try {
      yield* reply.parts;
    } finally {
      controller.abort();
    }
  }

  /** Ends all replies with `invalid-state`. Idempotent. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new AppError("invalid-state", "The synthesiser is closed."));
    await this.#loop.idle();
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
