import { freeTensors } from "../../runtime/device/shared-tensors";
import { floatTensor, int64Tensor, type Tensor } from "../../runtime/tensors";
import { AttentionCache } from "./attention-cache";
import { selfBias, type DecoderCache } from "./decoder-cache";
import { DeviceAttentionCache } from "./device-attention-cache";
import {
  emptyMemory,
  joinMemories,
  priorTensor,
  type CrossMemory,
  type JoinedMemory,
} from "./cross-memory";
import type { MagpieModel } from "./magpie-model";
import { slotsOf } from "./model-sizes";
import { rowAt, type StepOutput } from "./step-output";
import type { RowCaches } from "./whole-run";

/** A chunk as the batch steps it. */
export type BatchMember = {
  readonly memory: CrossMemory;
  /** Prior of the next step; null for equal weights. */
  readonly prior: Float32Array | null;
  /** Codes of the previous step, by slot. */
  readonly lastCodes: readonly number[];
};

/**
 * Chunks that take decoder steps together, each with two rows: first all rows with a text, then all
 * without (classifier-free guidance). Members join and leave between steps.
 */
export class DecodingBatch<Member extends BatchMember> {
  readonly #model: MagpieModel;
  readonly #cache: DecoderCache;
  #members: readonly Member[] = [];
  #memory: JoinedMemory | null = null;

  /** @param positions limit on a chunk's positions */
  constructor(model: MagpieModel, positions: number) {
    const { layers, width } = model.manifest;
    this.#model = model;
    this.#cache =
      model.device === null
        ? new AttentionCache({ layers, width, capacity: positions })
        : new DeviceAttentionCache(model.device, layers);
  }

  get members(): readonly Member[] {
    return this.#members;
  }

  /** Keeps the members that `keep` accepts, and adds others with their caches. */
  async change(
    keep: (member: Member) => boolean,
    joining: ReadonlyMap<Member, RowCaches>,
  ): Promise<void> {
    const count = this.#members.length;
    const kept = [...this.#members.keys()].filter((index) => {
      const member = this.#members[index];
      return member !== undefined && keep(member);
    });
    if (kept.length === count && joining.size === 0) return;
    const added = [...joining.values()];
    await this.#cache.rearrange([
      ...kept,
      ...added.map(({ conditional }) => conditional),
      ...kept.map((index) => count + index),
      ...added.map(({ unconditional }) => unconditional),
    ]);
    this.#members = [
      ...this.#members.filter((_, index) => kept.includes(index)),
      ...joining.keys(),
    ];
    await this.#remember(this.#members.map(({ memory }) => memory));
  }

  /** Takes one step. @returns the output for each member, in their order */
  async step(): Promise<StepOutput[]> {
    const memory = this.#memory;
    if (memory === null) return [];
    const { manifest, decoder } = this.#model;
    const rows = 2 * this.#members.length;
    const { lengths } = this.#cache;
    const feeds: Record<string, Tensor> = {
      ...this.#cache.feeds(),
      ...memory.feeds,
      prefix: floatTensor(new Float32Array(0), [rows, 0, manifest.width]),
      codes: this.#codes(),
      position: int64Tensor(lengths, [rows, 1]),
      self_bias: selfBias(this.#cache),
      attn_prior: priorTensor(
        [...this.#members.map(({ prior }) => prior), ...this.#members.map(() => null)],
        memory.length,
      ),
    };
    const outputs = await decoder.run(feeds);
    this.#cache.append(outputs);
    const hidden = outputs.floats("hidden");
    const logits = outputs.floats("logits");
    const alignment = outputs.floats("alignment");
    const output = (row: number) => ({
      hidden: rowAt(hidden, row, rows),
      logits: rowAt(logits, row, rows),
    });
    return this.#members.map((member, index) => ({
      conditional: output(index),
      unconditional: output(this.#members.length + index),
      alignment: rowAt(alignment, index, rows).subarray(0, member.memory.length),
    }));
  }

  /** Frees the caches. Idempotent. */
  close(): void {
    this.#members = [];
    this.#forget();
    this.#cache.close();
  }

  /** Joins the texts of all rows; on a device they stay there until the rows change. */
  async #remember(memories: readonly CrossMemory[]): Promise<void> {
    this.#forget();
    if (memories.length === 0) return;
    const { manifest, uploads } = this.#model;
    const nothing = emptyMemory(manifest);
    const joined = joinMemories([...memories, ...memories.map(() => nothing)], manifest);
    if (uploads === null) {
      this.#memory = joined;
      return;
    }
    const keys = await uploads.upload(joined.feeds.cross_k);
    const values = await uploads.upload(joined.feeds.cross_v);
    this.#memory = { ...joined, feeds: { ...joined.feeds, cross_k: keys, cross_v: values } };
  }

  #forget(): void {
    if (this.#memory !== null) freeTensors(Object.values(this.#memory.feeds));
    this.#memory = null;
  }

  #codes(): Tensor {
    const codes = this.#members.flatMap(({ lastCodes }) => lastCodes);
    const slots = slotsOf(this.#model.manifest);
    return int64Tensor([...codes, ...codes], [2 * this.#members.length, 1, slots]);
  }
}
