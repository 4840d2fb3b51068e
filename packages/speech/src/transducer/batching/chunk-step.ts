import type { DecodedToken, GreedyTransducerSearch } from "../decoding/greedy-search";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "../decoding/transducer-state";
import type { EncodedFrames, StreamingEncoder } from "../model/asr-model";
import type { MelChunk } from "../chunking/chunk-planner";
import type { EncoderCaches, StreamCaches } from "./encoder-caches";
import { StagingBuffer } from "./staging-buffer";

/** One stream's next chunk. The step advances the caches. */
export type ChunkItem = {
  chunk: MelChunk;
  caches: StreamCaches;
  search: TransducerState;
  booster: TokenBooster | null;
  /** Prompt index; see `AsrModel.languages`. */
  language: number;
  isUrgent: boolean;
};

export type ChunkResult = {
  /** Tokens with frames counted from the chunk's first. */
  tokens: readonly DecodedToken[];
  search: TransducerState;
  /** Encoder frames in the chunk. */
  frames: number;
};

export type ChunkStepOptions = {
  encoder: StreamingEncoder;
  caches: EncoderCaches;
  search: GreedyTransducerSearch;
  hasLanguages: boolean;
};

const noFrames: EncodedFrames = { data: new Float32Array(0), frames: 0 };

/** Advances a batch of cache-aware streams by a chunk each: one encoder run, one search for all. */
export class ChunkStep {
  readonly #options: ChunkStepOptions;
  readonly #signal = new StagingBuffer();

  constructor(options: ChunkStepOptions) {
    this.#options = options;
  }

  /** Batching key: chunks with equal keys may share a step. */
  keyOf({ chunk }: ChunkItem): string {
    return `${this.#options.encoder.fixedFrames ?? chunk.frames}/${chunk.dropExtra}`;
  }

  async run(items: readonly ChunkItem[]): Promise<ChunkResult[]> {
    const encoded = await this.#encode(items);
    const decoded = await this.#options.search.decode(
      items.map(({ search, booster }, index) => ({
        state: search,
        booster,
        encoded: encoded[index] ?? noFrames,
      })),
    );
    return decoded.map(({ tokens, state }, index) => ({
      tokens,
      search: state,
      frames: encoded[index]?.frames ?? 0,
    }));
  }

  async #encode(items: readonly ChunkItem[]): Promise<EncodedFrames[]> {
    const { encoder, caches, hasLanguages } = this.#options;
    const [first] = items;
    if (first === undefined) return [];
    const batch = items.length;
    const frames = encoder.fixedFrames ?? first.chunk.frames;
    return await caches.encode(
      items.map((item) => item.caches),
      {
        batch,
        frames,
        dropExtra: first.chunk.dropExtra,
        signal: this.#gatherSignal(items, frames),
        lengths: BigInt64Array.from(items, ({ chunk }) => BigInt(chunk.validFrames)),
        languages: hasLanguages ? items.map(({ language }) => language) : null,
      },
    );
  }

  /** [batch, mels, frames]; chunks shorter than `frames` are padded with zeros. */
  #gatherSignal(items: readonly ChunkItem[], frames: number): Float32Array {
    const [first] = items;
    if (first === undefined || (items.length === 1 && first.chunk.frames === frames)) {
      return first?.chunk.signal ?? new Float32Array(0);
    }
    const { mels } = first.chunk;
    const signal = this.#signal.view(items.length * mels * frames);
    signal.fill(0);
    items.forEach(({ chunk }, index) => {
      for (let mel = 0; mel < mels; mel++) {
        const row = slice(chunk.signal, mel, chunk.frames);
        signal.set(row, (index * mels + mel) * frames);
      }
    });
    return signal;
  }
}

function slice(values: Float32Array, index: number, size: number): Float32Array {
  return values.subarray(index * size, (index + 1) * size);
}
