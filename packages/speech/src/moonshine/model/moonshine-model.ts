import { AppError } from "@parley/shared/errors";
import type { GraphPlacement } from "../../contracts/graph-placement";
import { ProviderFallback, type ExecutionProvider } from "../../runtime/execution-providers";
import { OnnxSession } from "../../runtime/onnx-session";
import { floatTensor } from "../../runtime/tensors";
import type { MoonshineSettings } from "../moonshine-settings";
import { DecoderPasses, onesTensor, type EncodedSound } from "./decoder-passes";
import { nameOf, readDecoderShape, type DecoderShape } from "./decoder-shape";
import { findMoonshineFiles } from "./model-files";

/**
 * A Moonshine model ("Moonshine: Speech Recognition for Live Transcription and Voice Commands",
 * 2024): an encoder over raw samples of any length and a decoder that attends to all of it. Runs
 * compute on the calling thread.
 */
export class MoonshineModel {
  readonly name: string;
  readonly #encoder: OnnxSession;
  readonly #decoder: OnnxSession;
  readonly #shape: DecoderShape;
  readonly #providers: ProviderFallback;

  /** Rejects with `model-mismatch` when a graph is missing or another model's. */
  static async load(settings: MoonshineSettings): Promise<MoonshineModel> {
    const { name, encoder, decoder } = await findMoonshineFiles(settings.model);
    const providers = new ProviderFallback(settings.providers, settings.device);
    const onnx = { threads: settings.threads, providers };
    const open: OnnxSession[] = [];
    try {
      for (const file of [encoder, decoder]) open.push(await OnnxSession.open(file, onnx));
      const [encoderSession, decoderSession] = open;
      if (encoderSession?.inputs.has("input_values") !== true || decoderSession === undefined) {
        throw new AppError("model-mismatch", `${encoder} does not take raw samples`);
      }
      return new MoonshineModel(name, encoderSession, decoderSession, providers);
    } catch (error) {
      await Promise.all(open.map((session) => session.release()));
      throw error;
    }
  }

  private constructor(
    name: string | null,
    encoder: OnnxSession,
    decoder: OnnxSession,
    providers: ProviderFallback,
  ) {
    this.#encoder = encoder;
    this.#decoder = decoder;
    this.#shape = readDecoderShape(decoder);
    this.name = name ?? nameOf(this.#shape);
    this.#providers = providers;
  }

  /** For operators: execution providers that could not be used. */
  get remarks(): readonly string[] {
    return this.#providers.remarks;
  }

  get runsOn(): ExecutionProvider {
    return this.#providers.inUse;
  }

  get placements(): readonly GraphPlacement[] {
    return this.#providers.placements;
  }

  /** @param samples 16 kHz, in −1…1, at least a tenth of a second */
  async encode(samples: Float32Array): Promise<EncodedSound> {
    const { length } = samples;
    const outputs = await this.#encoder.run({
      input_values: floatTensor(samples, [1, length]),
      ...(this.#encoder.inputs.has("attention_mask") ? { attention_mask: onesTensor(length) } : {}),
    });
    return { hidden: outputs.tensor("last_hidden_state"), samples: length };
  }

  /** A decoder that has yet to be given its first token. */
  decoderOver(sound: EncodedSound): DecoderPasses {
    return new DecoderPasses(this.#decoder, this.#shape, sound);
  }

  async close(): Promise<void> {
    await Promise.all([this.#encoder.release(), this.#decoder.release()]);
  }
}
