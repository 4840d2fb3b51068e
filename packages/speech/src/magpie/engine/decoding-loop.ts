import { setImmediate } from "node:timers/promises";
import { beginCodes, stepLimit, type ChunkDecoding } from "../decoding/chunk-decoding";
import { DecodingBatch } from "../decoding/decoding-batch";
import { LocalSampler } from "../decoding/local-sampler";
import type { MagpieModel } from "../decoding/magpie-model";
import type { StepOutput } from "../decoding/step-output";
import { WholeRuns, type RowCaches } from "../decoding/whole-run";
import type { Reply } from "./reply";

/**
 * Decodes all replies, one step of all of them after the other (continuous batching): replies join
 * and leave between steps.
 */
export class DecodingLoop {
  readonly #model: MagpieModel;
  readonly #wholeRuns: WholeRuns;
  readonly #sampler: LocalSampler;
  readonly #begin: readonly number[];
  readonly #replies = new Set<Reply>();
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

  /** Replies that are being decoded. */
  get size(): number {
    return [...this.#replies].filter((reply) => !reply.isOver).length;
  }

  /** The reply leaves by itself once it is over. */
  add(reply: Reply): void {
    this.#replies.add(reply);
    this.#running ??= this.#run();
  }

  /** Resolves once no reply is left. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Whatever else has come in by now shall join the first step.
    await setImmediate();
    while (this.#replies.size > 0) {
      try {
        await this.#step();
      } catch (error) {
        for (const reply of this.#replies) reply.fail(error as Error);
        this.#batch = this.#newBatch();
      }
      this.#dropWhatIsOver();
      // A run blocks the thread: now is the time to hear of new replies and of those given up.
      await setImmediate();
      this.#dropWhatIsOver();
    }
    // Nobody is left: the caches shrink to nothing.
    this.#batch = this.#newBatch();
    this.#running = null;
  }

  async #step(): Promise<void> {
    const outputs = new Map<Reply, StepOutput>();
    const joining = await this.#beginNext(outputs);
    await this.#repeatUncached(outputs, joining);
    await this.#stepBatch(outputs);
    await this.#draw(outputs);
    this.#regroup(joining);
  }

  /**
   * Begins one chunk a step, so that a crowd of new replies does not stop those that are sounding.
   *
   * @returns the chunk that has begun and what the batch needs of it
   */
  async #beginNext(outputs: Map<Reply, StepOutput>): Promise<Map<ChunkDecoding, RowCaches>> {
    const joining = new Map<ChunkDecoding, RowCaches>();
    const next = [...this.#replies].find((reply) => reply.chunk === null && !reply.isOver);
    if (next === undefined) return joining;
    try {
      const chunk = await next.beginChunk();
      const { voice } = next.request;
      const { memory, prior } = chunk;
      const begun = await this.#wholeRuns.begin({ voice, memory, prior }, this.#begin);
      outputs.set(next, begun.output);
      if (next.request.hasCache) joining.set(chunk, begun.caches);
    } catch (error) {
      next.fail(error as Error);
    }
    return joining;
  }

  async #repeatUncached(
    outputs: Map<Reply, StepOutput>,
    joining: ReadonlyMap<ChunkDecoding, RowCaches>,
  ): Promise<void> {
    for (const reply of this.#replies) {
      const { chunk, request } = reply;
      if (request.hasCache || chunk === null || outputs.has(reply) || joining.has(chunk)) continue;
      const { memory, prior, codes } = chunk;
      const input = { voice: request.voice, memory, prior };
      outputs.set(reply, await this.#wholeRuns.repeat(input, codes));
    }
  }

  async #stepBatch(outputs: Map<Reply, StepOutput>): Promise<void> {
    const stepped = await this.#batch.step();
    const byChunk = new Map(this.#batch.members.map((chunk, index) => [chunk, stepped[index]]));
    for (const reply of this.#replies) {
      const output = reply.chunk === null ? undefined : byChunk.get(reply.chunk);
      if (output !== undefined) outputs.set(reply, output);
    }
  }

  async #draw(outputs: ReadonlyMap<Reply, StepOutput>): Promise<void> {
    const looked = [...outputs].flatMap(([reply, output]) => {
      const draw = reply.look(output);
      return draw === null ? [] : [{ reply, draw }];
    });
    const codes = await this.#sampler.draw(looked.map(({ draw }) => draw));
    for (const [index, { reply }] of looked.entries()) reply.accept(codes[index] ?? []);
  }

  #regroup(joining: ReadonlyMap<ChunkDecoding, RowCaches>): void {
    const chunks = new Set([...this.#replies].map(({ chunk }) => chunk));
    const stillJoining = new Map([...joining].filter(([chunk]) => chunks.has(chunk)));
    this.#batch.change((chunk) => chunks.has(chunk), stillJoining);
  }

  #dropWhatIsOver(): void {
    for (const reply of this.#replies) if (reply.isOver) this.#replies.delete(reply);
    this.#regroup(new Map());
  }

  #newBatch(): DecodingBatch<ChunkDecoding> {
    const { contextFrames } = this.#model.manifest;
    return new DecodingBatch(this.#model, contextFrames + stepLimit(this.#model));
  }
}
