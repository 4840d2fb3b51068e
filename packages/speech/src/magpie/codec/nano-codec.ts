import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codecManifestSchema, type CodecManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { ProviderFallback } from "../../runtime/execution-providers";
import { OnnxSession } from "../../runtime/onnx-session";
import { floatTensor, int64Tensor, type Tensor } from "../../runtime/tensors";
import type { CodecStream, StreamingCodec } from "./streaming-codec";

/**
 * NVIDIA's NanoCodec decoder, run on the calling thread. All its layers are causal: the states kept
 * between pieces make them one sound.
 */
export class NanoCodec implements StreamingCodec {
  readonly #manifest: CodecManifest;
  readonly #session: OnnxSession;
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
    const manifest = await readManifest(join(directory, "parley.json"));
    const settings = { threads, providers, flushesDenormals: true };
    const session = await OnnxSession.open(join(directory, "codec.onnx"), settings);
    return new NanoCodec(manifest, session);
  }

  private constructor(manifest: CodecManifest, session: OnnxSession) {
    this.#manifest = manifest;
    this.#session = session;
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
    let states = this.#manifest.states.map(silence);
    return {
      decode: async (frames) => {
        if (this.#isClosed) throw new AppError("invalid-state", "The codec is closed.");
        const run = this.#run(frames, states);
        this.#running = run.catch(() => undefined);
        const result = await run;
        states = result.states;
        return result.samples;
      },
      close: () => {
        states = [];
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
  ): Promise<{ samples: Float32Array; states: Tensor[] }> {
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
      samples: outputs.floats("audio"),
      states: states.map((_, index) => outputs.tensor(`s${index}_out`)),
    };
  }
}

/** The state of a layer before the first frame. */
function silence(shape: readonly [number, number, number]): Tensor {
  return floatTensor(new Float32Array(shape[0] * shape[1] * shape[2]), shape);
}

async function readManifest(file: string): Promise<CodecManifest> {
  try {
    return codecManifestSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const reason = errorMessage(cause).slice(0, 200);
    throw new AppError("model-mismatch", `${file} describes no codec: ${reason}`, { cause });
  }
}
