import { AppError } from "@parley/shared/errors";
import { freeTensors, SharedTensors } from "../../runtime/device/shared-tensors";
import { floatTensor, type Tensor } from "../../runtime/tensors";
import type {
  DeviceEncoder,
  EncodedFrames,
  StreamingEncoderInput,
  StreamingShape,
} from "../model/asr-model";
import { cacheBytes } from "../model/cache-bytes";
import type { EncoderCaches, StreamCaches } from "./encoder-caches";

export type DeviceCachesOptions = {
  encoder: DeviceEncoder;
  shape: StreamingShape;
  maxStreams: number;
  /** Bytes of the device that caches may take; infinite without a limit. */
  maxBytes: number;
};

/** One stream's caches on the device. Without tensors they are empty. */
class DeviceSlot implements StreamCaches {
  #held: SharedTensors | null = null;
  #length = 0;
  /** Rises when the stream begins anew or ends. */
  #life = 0;

  get held(): SharedTensors | null {
    return this.#held;
  }

  /** Valid frames in the channel cache. */
  get length(): number {
    return this.#length;
  }

  get life(): number {
    return this.#life;
  }

  /**
   * @param held owned by this from here on
   * @param life that of the run's beginning: a stream may end while its chunk is computed
   */
  replace(held: SharedTensors, length: number, life: number): void {
    if (life !== this.#life) {
      held.release();
      return;
    }
    this.#held?.release();
    this.#held = held;
    this.#length = length;
  }

  clear(): void {
    this.#life++;
    this.#held?.release();
    this.#held = null;
    this.#length = 0;
  }
}

/**
 * Encoder caches that never leave the device: what a run returns is what the next one is given. They
 * are never written to, so a copy of a stream is another owner of the same memory.
 */
export class DeviceCaches implements EncoderCaches {
  readonly #encoder: DeviceEncoder;
  readonly #zeros: readonly Tensor[];
  /** The caches of all streams that begin; on the device from the first one on. */
  #empty: readonly Tensor[] | null = null;
  readonly #bytesPerStream: number;
  readonly #maxStreams: number;
  readonly #slots = new Set<DeviceSlot>();
  #held = 0;

  constructor({ encoder, shape, maxStreams, maxBytes }: DeviceCachesOptions) {
    this.#encoder = encoder;
    const zeros = encoder.cacheDims(1).map((dims) => {
      const size = dims.reduce((product, dim) => product * dim, 1);
      return floatTensor(new Float32Array(size), dims);
    });
    this.#zeros = zeros;
    this.#bytesPerStream = cacheBytes(shape);
    this.#maxStreams = Math.min(maxStreams, Math.floor(maxBytes / this.#bytesPerStream));
  }

  /** Bytes of the device that caches take now. */
  get heldBytes(): number {
    return this.#held * this.#bytesPerStream;
  }

  acquire(): StreamCaches {
    if (this.#slots.size >= this.#maxStreams) {
      throw new AppError("at-capacity", `all ${this.#maxStreams} encoder caches are in use`, {
        isRetryable: true,
      });
    }
    const slot = new DeviceSlot();
    this.#slots.add(slot);
    return slot;
  }

  fork(original: StreamCaches): StreamCaches {
    const { held, length } = this.#slotOf(original);
    const copy = this.acquire();
    if (held !== null) this.#slotOf(copy).replace(held.share(), length, 0);
    return copy;
  }

  release(caches: StreamCaches): void {
    const slot = this.#slotOf(caches);
    this.#slots.delete(slot);
    slot.clear();
  }

  async encode(
    streams: readonly StreamCaches[],
    input: StreamingEncoderInput,
  ): Promise<EncodedFrames[]> {
    const slots = streams.map((caches) => this.#slotOf(caches));
    const empty = slots.some(({ held }) => held === null) ? await this.#emptyCaches() : [];
    const lives = slots.map(({ life }) => life);
    // Owned by the run, too: a stream that ends meanwhile must not take its caches away.
    const owned = slots.map(({ held }) => held?.share() ?? null);
    const lengths = BigInt64Array.from(slots, ({ length }) => BigInt(length));
    try {
      const rows = owned.map((held) => held?.tensors ?? empty);
      const result = await this.#run(input, rows, lengths);
      slots.forEach((slot, index) => {
        const next = this.#own(result.rows[index] ?? []);
        slot.replace(next, result.nextLengths[index] ?? 0, lives[index] ?? 0);
      });
      return result.encoded;
    } finally {
      for (const held of owned) held?.release();
    }
  }

  close(): void {
    for (const slot of this.#slots) this.release(slot);
    freeTensors(this.#empty ?? []);
    this.#empty = null;
  }

  /** @param rows the caches of each stream */
  async #run(
    input: StreamingEncoderInput,
    rows: readonly (readonly Tensor[])[],
    lengths: BigInt64Array,
  ): Promise<{
    encoded: EncodedFrames[];
    rows: readonly (readonly Tensor[])[];
    nextLengths: readonly number[];
  }> {
    const [only] = rows;
    if (only !== undefined && rows.length === 1) {
      const { encoded, caches, nextLengths } = await this.#encoder.run(input, only, lengths);
      return { encoded, rows: [caches], nextLengths };
    }
    const joined = await this.#encoder.join(rows);
    try {
      const { encoded, caches, nextLengths } = await this.#encoder.run(input, joined, lengths);
      const next = await this.#encoder.split(caches, rows.length);
      return { encoded, rows: next, nextLengths };
    } finally {
      freeTensors(joined);
    }
  }

  async #emptyCaches(): Promise<readonly Tensor[]> {
    if (this.#empty !== null) return this.#empty;
    const uploaded: Tensor[] = [];
    for (const zeros of this.#zeros) uploaded.push(await this.#encoder.upload(zeros));
    this.#empty = uploaded;
    return uploaded;
  }

  #own(tensors: readonly Tensor[]): SharedTensors {
    this.#held++;
    return new SharedTensors(tensors, () => {
      this.#held--;
    });
  }

  #slotOf(caches: StreamCaches): DeviceSlot {
    if (caches instanceof DeviceSlot) return caches;
    throw new TypeError("these caches do not lie on the device");
  }
}
