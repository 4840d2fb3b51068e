import { setImmediate } from "node:timers/promises";
import { beginCodes, stepLimit, type ChunkDecoding } from "../decoding/chunk-decoding";
import { DecodingBatch } from "../decoding/decoding-batch";
import { LocalSampler } from "../decoding/local-sampler";
import type { MagpieModel } from "../decoding/magpie-model";
import type { StepOutput } from "../decoding/step-output";
import { WholeRuns, type RowCaches } from "../decoding/whole-run";
import type { Utterance } from "./utterance";

/**
 * Decodes all utterances in one batch, step by step (continuous batching): utterances join and leave
 * between steps.
 */
export class DecodingLoop {
  /** Steps so far, by the number of utterances that took them together. */
  readonly stepSizes = new Map<number, number>();
  readonly #model: MagpieModel;
  readonly #wholeRuns: WholeRuns;
  readonly #sampler: LocalSampler;
  readonly #begin: readonly number[];
  readonly #utterances = new Set<Utterance>();
  #batch: DecodingBatch<ChunkDecoding>;
  #running: Promise<void> | null = null;

  static async open(model: MagpieModel): Promise<DecodingLoop> {
    return new DecodingLoop(model, await WholeRuns.open(model, beginCodes(model)));
  }

  private constructor(model: MagpieModel, wholeRuns: WholeRuns) {
    this.#model = model;
    this.#wholeRuns = wholeRuns;
    this.#sampler = new LocalSampler(model);
    this.#begin = beginCodes(model);
    this.#batch = this.#newBatch();
  }

  /** Number of utterances being decoded. */
  get size(): number {
    return [...this.#utterances].filter((utterance) => !utterance.isOver).length;
  }

  /** Adds an utterance; it is removed once it is over. */
  add(utterance: Utterance): void {
    this.#utterances.add(utterance);
    this.#running ??= this.#run();
  }

  /** Frees what is held between utterances; none may be left. Idempotent. */
  close(): void {
    this.#batch.close();
    this.#wholeRuns.close();
  }

  /** Resolves once no utterance is left. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Requests that arrived in the same turn of the event loop join the first step.
    await setImmediate();
    while (this.#utterances.size > 0) {
      try {
        await this.#step();
        await this.#dropFinished();
        // A run blocks the thread; new requests and aborts are received here.
        await setImmediate();
        await this.#dropFinished();
      } catch (error) {
        for (const utterance of this.#utterances) utterance.fail(error as Error);
        this.#utterances.clear();
        this.#renewBatch();
      }
    }
    // An empty batch frees the caches of the last one.
    this.#renewBatch();
    this.#running = null;
  }

  async #step(): Promise<void> {
    const outputs = new Map<Utterance, StepOutput>();
    const joining = await this.#beginNext(outputs);
    try {
      await this.#repeatUncached(outputs, joining);
      await this.#stepBatch(outputs);
      this.stepSizes.set(outputs.size, (this.stepSizes.get(outputs.size) ?? 0) + 1);
      await this.#draw(outputs);
      await this.#regroup(joining);
    } finally {
      // The batch has copied what it needs.
      for (const { conditional } of joining.values()) conditional.parts.release();
    }
  }

  /**
   * Begins at most one chunk per step, so that many new utterances do not stall those being heard.
   *
   * @returns the new chunk and the caches with which it joins the batch
   */
  async #beginNext(outputs: Map<Utterance, StepOutput>): Promise<Map<ChunkDecoding, RowCaches>> {
    const joining = new Map<ChunkDecoding, RowCaches>();
    const next = [...this.#utterances].find(
      (utterance) => utterance.chunk === null && !utterance.isOver,
    );
    if (next === undefined) return joining;
    try {
      const chunk = await next.beginChunk();
      const { voice } = next.request;
      const { memory, prior } = chunk;
      const begun = await this.#wholeRuns.begin({ voice, memory, prior }, this.#begin);
      outputs.set(next, begun.output);
      if (next.request.hasCache) joining.set(chunk, begun.caches);
      else begun.caches.conditional.parts.release();
    } catch (error) {
      next.fail(error as Error);
    }
    return joining;
  }

  async #repeatUncached(
    outputs: Map<Utterance, StepOutput>,
    joining: ReadonlyMap<ChunkDecoding, RowCaches>,
  ): Promise<void> {
    for (const utterance of this.#utterances) {
      const { chunk, request } = utterance;
      if (request.hasCache || chunk === null || outputs.has(utterance) || joining.has(chunk))
        continue;
      const { memory, prior, codes } = chunk;
      const input = { voice: request.voice, memory, prior };
      outputs.set(utterance, await this.#wholeRuns.repeat(input, codes));
    }
  }

  async #stepBatch(outputs: Map<Utterance, StepOutput>): Promise<void> {
    const stepped = await this.#batch.step();
    const byChunk = new Map(this.#batch.members.map((chunk, index) => [chunk, stepped[index]]));
    for (const utterance of this.#utterances) {
      const output = utterance.chunk === null ? undefined : byChunk.get(utterance.chunk);
      if (output !== undefined) outputs.set(utterance, output);
    }
  }

  async #draw(outputs: ReadonlyMap<Utterance, StepOutput>): Promise<void> {
    const observed = [...outputs].flatMap(([utterance, output]) => {
      const draw = utterance.observe(output);
      return draw === null ? [] : [{ utterance, draw }];
    });
    const codes = await this.#sampler.draw(observed.map(({ draw }) => draw));
    for (const [index, { utterance }] of observed.entries()) utterance.accept(codes[index] ?? []);
  }

  async #regroup(joining: ReadonlyMap<ChunkDecoding, RowCaches>): Promise<void> {
    const chunks = new Set([...this.#utterances].map(({ chunk }) => chunk));
    const stillJoining = new Map([...joining].filter(([chunk]) => chunks.has(chunk)));
    await this.#batch.change((chunk) => chunks.has(chunk), stillJoining);
  }

  async #dropFinished(): Promise<void> {
    for (const utterance of this.#utterances)
      if (utterance.isOver) this.#utterances.delete(utterance);
    await this.#regroup(new Map());
  }

  #renewBatch(): void {
    this.#batch.close();
    this.#batch = this.#newBatch();
  }

  #newBatch(): DecodingBatch<ChunkDecoding> {
    const { contextFrames } = this.#model.manifest;
    return new DecodingBatch(this.#model, contextFrames + stepLimit(this.#model));
  }
}
