import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { codecManifestSchema, type CodecManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { GraphPlacement } from "../../contracts/graph-placement";
import { ProviderFallback, type ExecutionProvider } from "../../runtime/execution-providers";
import { OnnxSession } from "../../runtime/onnx-session";
import { floatTensor, int64Tensor, type Tensor } from "../../runtime/tensors";
import { CodecStates } from "./codec-states";
import type { CodecStream, StreamingCodec } from "./streaming-codec";

/**
 * NVIDIA's NanoCodec decoder, run on the calling thread. All its layers are causal: the states kept
 * between pieces make them one sound.
 */
export class NanoCodec implements StreamingCodec {
  readonly #manifest: CodecManifest;
  readonly #session: OnnxSession;
  /** For operators: what is not computed where it was wanted, and why. */
  readonly remarks: readonly string[];
  /** Where its nodes are computed, once it has run on an accelerator. */
  readonly placements: readonly GraphPlacement[];
  #running: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /**
   * @param directory folder that `convertCodec` wrote
   * @throws AppError `model-mismatch`
   */
  static async open(
    directory: string,
    { threads, providers }: { threads: number; providers: ProviderFallback },
  ): Promise<NanoCodec> {
    const manifest = await readCodecManifest(join(directory, "parley.json"));
    const path = join(directory, "codec.onnx");
    const isWrong = providers.inUse === "webgpu" && (await hasGroupedUpSampling(path));
    const settings = {
      threads,
      providers: isWrong ? new ProviderFallback([]) : providers,
      flushesDenormals: true,
      sleepsBetweenRuns: true,
      keptOutputs: manifest.states.map((_, index) => nextState(index)),
    };
    const session = await OnnxSession.open(path, settings);
    return new NanoCodec(manifest, session, isWrong ? [oldGraphRemark] : null, providers);
  }

  private constructor(
    manifest: CodecManifest,
    session: OnnxSession,
    ownRemarks: readonly string[] | null,
    { remarks, placements }: ProviderFallback,
  ) {
    this.#manifest = manifest;
    this.#session = session;
    this.remarks = ownRemarks ?? remarks;
    this.placements = placements;
  }

  get runsOn(): ExecutionProvider {
    return this.#session.provider;
  }

  get sampleRate(): number {
    return this.#manifest.sampleRate;
  }

  get samplesPerFrame(): number {
    return this.#manifest.samplesPerFrame;
  }

  get codebooks(): number {
    return this.#manifest.codebooks;
  }

  get codes(): number {
    return this.#manifest.codes;
  }

  open(): CodecStream {
    const states = new CodecStates(this.#manifest.states.map(silence));
    return {
      decode: async (frames) => {
        if (this.#isClosed) throw new AppError("invalid-state", "The codec is closed.");
        const run = states.advance((before) => this.#run(frames, before));
        this.#running = run.catch(() => undefined);
        return await run;
      },
      close: () => {
        states.close();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#running;
    await this.#session.release();
  }

  async #run(
    frames: readonly (readonly number[])[],
    states: readonly Tensor[],
  ): Promise<{ result: Float32Array; states: Tensor[] }> {
    const { codebooks } = this.#manifest;
    const byBook = Array.from({ length: codebooks }, (_, book) =>
      frames.map((codes) => codes[book] ?? 0),
    );
    const feeds: Record<string, Tensor> = {
      codes: int64Tensor(byBook.flat(), [1, codebooks, frames.length]),
    };
    for (const [index, state] of states.entries()) feeds[`s${index}`] = state;
    const outputs = await this.#session.run(feeds);
    return {
      result: outputs.floats("audio"),
      states: states.map((_, index) => outputs.tensor(nextState(index))),
    };
  }
}

function nextState(index: number): string {
  return `s${index}_out`;
}

/**
 * WebGPU's kernel for grouped transposed convolutions, of which conversions before the second had five,
 * reads one input channel of each group where there are two (onnxruntime 1.30): other sound.
 */
async function hasGroupedUpSampling(path: string): Promise<boolean> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return false;
  const { nodes } = decodeModel(bytes, basename(path)).graph;
  return nodes.some(({ operator, attributes: { group } }) => {
    return operator === "ConvTranspose" && group?.type === "int" && group.value !== 1;
  });
}

const oldGraphRemark =
  "the codec runs on the cpu: webgpu computes its old conversion wrongly; convert it again";

/** The state of a layer before the first frame. */
function silence(shape: readonly [number, number, number]): Tensor {
  return floatTensor(new Float32Array(shape[0] * shape[1] * shape[2]), shape);
}

/** @throws AppError `model-mismatch` */
export async function readCodecManifest(file: string): Promise<CodecManifest> {
  try {
    return codecManifestSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const reason = errorMessage(cause).slice(0, 200);
    throw new AppError("model-mismatch", `${file} describes no codec: ${reason}`, { cause });
  }
}
