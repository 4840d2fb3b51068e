import type {
  EncodedFrames,
  StreamingEncoder,
  StreamingEncoderInput,
  StreamingEncoderResult,
} from "../model/asr-model";
import { CacheArena } from "./cache-arena";
import { CacheSlot } from "./cache-slot";
import type { EncoderCaches, StreamCaches } from "./encoder-caches";
import { StagingBuffer } from "./staging-buffer";

/** Encoder caches in this process's memory, copied into every run and out of it. */
export class HostCaches implements EncoderCaches {
  readonly #encoder: StreamingEncoder;
  readonly #arena: CacheArena;
  readonly #lastChannel = new StagingBuffer();
  readonly #lastTime = new StagingBuffer();

  constructor(encoder: StreamingEncoder, maxStreams: number) {
    this.#encoder = encoder;
    this.#arena = new CacheArena(encoder.shape, maxStreams);
  }

  acquire(): StreamCaches {
    return this.#arena.acquire();
  }

  fork(original: StreamCaches): StreamCaches {
    return this.#arena.fork(slotOf(original));
  }

  release(caches: StreamCaches): void {
    this.#arena.release(slotOf(caches));
  }

  async encode(
    streams: readonly StreamCaches[],
    input: StreamingEncoderInput,
  ): Promise<EncodedFrames[]> {
    const slots = streams.map(slotOf);
    const result = await this.#encoder.run({
      ...input,
      ...this.#gather(slots),
      lastChannelLength: BigInt64Array.from(slots, ({ lastChannelLength }) =>
        BigInt(lastChannelLength),
      ),
    });
    this.#advance(slots, result);
    return result.encoded;
  }

  close(): void {
    // Its memory is the collector's.
  }

  #gather(slots: readonly CacheSlot[]): { lastChannel: Float32Array; lastTime: Float32Array } {
    const { sizes } = this.#arena;
    const lastChannel = this.#lastChannel.view(slots.length * sizes.lastChannel);
    const lastTime = this.#lastTime.view(slots.length * sizes.lastTime);
    slots.forEach((slot, index) => {
      slot.copyChannel(lastChannel, index * sizes.lastChannel);
      lastTime.set(slot.lastTime, index * sizes.lastTime);
    });
    return { lastChannel, lastTime };
  }

  #advance(slots: readonly CacheSlot[], result: StreamingEncoderResult): void {
    const { nextChannel, channelFrames, nextLastTime, nextLastChannelLength } = result;
    const size = nextChannel.length / slots.length;
    const timeSize = this.#arena.sizes.lastTime;
    slots.forEach((slot, index) => {
      slot.append(nextChannel, index * size, channelFrames);
      const time = nextLastTime.subarray(index * timeSize, (index + 1) * timeSize);
      slot.replaceTime(time, nextLastChannelLength[index] ?? 0);
    });
  }
}

function slotOf(caches: StreamCaches): CacheSlot {
  if (caches instanceof CacheSlot) return caches;
  throw new TypeError("these caches do not lie in this process's memory");
}
