import type { OnnxOutputs } from "../../runtime/onnx-session";
import { floatTensor, int64Tensor, type Tensor } from "../../runtime/tensors";
import { SharedTensors } from "../../runtime/device/shared-tensors";
import { noPast, partNames, type RowCache } from "./decoder-cache";
import { emptyMemory, joinMemories, priorTensor, type CrossMemory } from "./cross-memory";
import type { MagpieModel } from "./magpie-model";
import { slotsOf } from "./model-sizes";
import { rowAt, type RowOutput, type StepOutput } from "./step-output";

/** Voice and text from which a chunk is decoded. */
export type DecoderInput = {
  voice: number;
  memory: CrossMemory;
  /** Acts on every position of the run; null for equal weights. */
  prior: Float32Array | null;
};

type Row = { prefix: Float32Array; memory: CrossMemory; prior: Float32Array | null };

/**
 * Cached keys and values of a chunk's two rows. Those of the row without text are the same for all and
 * stay with the runs that made them.
 */
export type RowCaches = { conditional: RowCache; unconditional: RowCache };

/** Decoder runs over all positions, from the voice on, without cached keys and values. */
export class WholeRuns {
  readonly #model: MagpieModel;
  /** The first step of the row without text; the same for all texts and voices. */
  readonly #unconditional: { output: RowOutput; cache: RowCache };
  #isClosed = false;

  /** @param begin input codes of the first step */
  static async open(model: MagpieModel, begin: readonly number[]): Promise<WholeRuns> {
    const row = { ...unconditionalRow(model), prior: null };
    const outputs = await run(model, [row], [begin]);
    const output = rowOutput(outputs, 0, 1);
    return new WholeRuns(model, { output, cache: cacheOf(model, outputs) });
  }

  private constructor(model: MagpieModel, unconditional: { output: RowOutput; cache: RowCache }) {
    this.#model = model;
    this.#unconditional = unconditional;
  }

  /** Frees the row without text. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unconditional.cache.parts.release();
  }

  /**
   * Runs the first step.
   *
   * @returns its output, and the caches for the next steps: the conditional one is the caller's
   */
  async begin(
    { voice, memory, prior }: DecoderInput,
    begin: readonly number[],
  ): Promise<{ output: StepOutput; caches: RowCaches }> {
    const outputs = await run(
      this.#model,
      [{ prefix: this.#prefix(voice), memory, prior }],
      [begin],
    );
    const { output, cache } = this.#unconditional;
    return {
      output: {
        conditional: rowOutput(outputs, 0, 1),
        unconditional: output,
        alignment: outputs.floats("alignment"),
      },
      caches: { conditional: cacheOf(this.#model, outputs), unconditional: cache },
    };
  }

  /** Recomputes all steps. @param codes of all steps so far, those of the beginning included */
  async repeat(
    { voice, memory, prior }: DecoderInput,
    codes: readonly (readonly number[])[],
  ): Promise<StepOutput> {
    const conditional = { prefix: this.#prefix(voice), memory, prior };
    const unconditional = { ...unconditionalRow(this.#model), prior: null };
    const wanted = { hidden: null, logits: null, alignment: null };
    const outputs = await run(this.#model, [conditional, unconditional], codes, wanted);
    return {
      conditional: rowOutput(outputs, 0, 2),
      unconditional: rowOutput(outputs, 1, 2),
      alignment: rowAt(outputs.floats("alignment"), 0, 2).subarray(0, memory.length),
    };
  }

  #prefix(voice: number): Float32Array {
    const { voices, manifest } = this.#model;
    return rowAt(voices, voice, manifest.voices.length);
  }
}

function unconditionalRow({ manifest }: MagpieModel): Omit<Row, "prior"> {
  const { contextFrames, width } = manifest;
  return { prefix: new Float32Array(contextFrames * width), memory: emptyMemory(manifest) };
}

/** @param codes of each step, the same in every row */
async function run(
  { manifest, decoder }: MagpieModel,
  rows: readonly Row[],
  codes: readonly (readonly number[])[],
  fetches?: Readonly<Record<string, null>>,
): Promise<OnnxOutputs> {
  const { layers, width, contextFrames } = manifest;
  const batch = rows.length;
  const positions = contextFrames + codes.length;
  const prefix = new Float32Array(batch * contextFrames * width);
  rows.forEach((row, index) => {
    prefix.set(row.prefix, index * contextFrames * width);
  });
  const memory = joinMemories(
    rows.map((row) => row.memory),
    manifest,
  );
  const inEachRow = (values: readonly number[]) => rows.flatMap(() => values);
  const feeds = {
    ...noPast(layers, batch, width),
    ...memory.feeds,
    prefix: floatTensor(prefix, [batch, contextFrames, width]),
    codes: int64Tensor(inEachRow(codes.flat()), [batch, codes.length, slotsOf(manifest)]),
    position: int64Tensor(inEachRow(Array.from({ length: positions }, (_, at) => at)), [
      batch,
      positions,
    ]),
    self_bias: causalBias(batch, positions),
    attn_prior: priorTensor(
      rows.map((row) => row.prior),
      memory.length,
    ),
  };
  return await decoder.run(feeds, fetches);
}

function causalBias(batch: number, positions: number): Tensor {
  const bias = new Float32Array(batch * positions * positions);
  for (let query = 0; query < batch * positions; query++) {
    const start = query * positions;
    bias.fill(-Infinity, start + (query % positions) + 1, start + positions);
  }
  return floatTensor(bias, [batch, 1, positions, positions]);
}

function rowOutput(outputs: OnnxOutputs, row: number, rows: number): RowOutput {
  return {
    hidden: rowAt(outputs.floats("hidden"), row, rows),
    logits: rowAt(outputs.floats("logits"), row, rows),
  };
}

function cacheOf({ manifest, device }: MagpieModel, outputs: OnnxOutputs): RowCache {
  const names = partNames(device === null ? "new" : "present", manifest.layers);
  const parts = new SharedTensors(names.map((name) => outputs.tensor(name)));
  return { length: manifest.contextFrames + 1, parts };
}
