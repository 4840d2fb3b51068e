import { access } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import type { GraphPlacement } from "../../contracts/graph-placement";
import { ProviderFallback, type ExecutionProvider } from "../../runtime/execution-providers";
import { OnnxSession } from "../../runtime/onnx-session";
import { floatTensor, int64Tensor } from "../../runtime/tensors";
import type { KokoroSettings } from "../kokoro-settings";
import { styleWidth } from "./voice-styles";

/** Hz. */
export const kokoroRate = 24_000;

/**
 * Graphs in a folder, best first: with onnxruntime 1.30 the one of 8 bit takes twice the time of the
 * one of float32, since its convolutions have no quick kernel there.
 */
const graphs = ["onnx/model.onnx", "onnx/model_quantized.onnx"];
/** Input and output names of the publisher's graph, and of the one by kokoro-onnx. */
const idNames = ["input_ids", "tokens"];
const soundNames = ["waveform", "audio"];

/** The acoustic model: phoneme ids and a style to sound. `speak` blocks its thread. */
export class KokoroModel {
  readonly #session: OnnxSession;
  readonly #ids: string;
  readonly #sound: string;
  /** Providers that could not be used, and why. */
  readonly remarks: readonly string[];
  /** What computes it. */
  readonly runsOn: ExecutionProvider;
  /** Where its nodes are computed, once it has run on an accelerator. */
  readonly placements: readonly GraphPlacement[];

  /** @throws AppError `model-mismatch` when no graph of the folder can run */
  static async open({ model, threads, providers, device }: KokoroSettings): Promise<KokoroModel> {
    const fallback = new ProviderFallback(providers, device);
    const session = await OnnxSession.open(await findGraph(model), {
      threads,
      providers: fallback,
      flushesDenormals: true,
    });
    const ids = idNames.find((name) => session.inputs.has(name));
    const sound = soundNames.find((name) => session.outputs.has(name));
    const isComplete = session.inputs.has("style") && session.inputs.has("speed");
    if (ids === undefined || sound === undefined || !isComplete) {
      await session.release();
      const names = [...session.inputs.keys()].join(", ");
      throw new AppError("model-mismatch", `${session.file} is not Kokoro: it has ${names}`);
    }
    return new KokoroModel(session, { ids, sound }, fallback);
  }

  private constructor(
    session: OnnxSession,
    { ids, sound }: { ids: string; sound: string },
    { remarks, placements }: ProviderFallback,
  ) {
    this.#session = session;
    this.#ids = ids;
    this.#sound = sound;
    this.remarks = remarks;
    this.placements = placements;
    this.runsOn = session.provider;
  }

  /**
   * @param ids with both ends
   * @param style [256]
   * @param speed 1 as the voice speaks by nature, 2 twice as fast
   * @returns samples from −1 to 1 at `kokoroRate`
   */
  async speak(ids: readonly number[], style: Float32Array, speed: number): Promise<Float32Array> {
    const outputs = await this.#session.run({
      [this.#ids]: int64Tensor(ids, [1, ids.length]),
      style: floatTensor(style, [1, styleWidth]),
      speed: floatTensor(Float32Array.of(speed), [1]),
    });
    return outputs.floats(this.#sound);
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

async function findGraph(model: string): Promise<string> {
  for (const graph of graphs) {
    const path = join(model, graph);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new AppError("model-mismatch", `${model}: none of ${graphs.join(", ")}`);
}
