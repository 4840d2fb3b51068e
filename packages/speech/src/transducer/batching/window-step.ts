import type { EncoderWindow } from "../chunking/buffered-window-planner";
import type { DecodedToken, GreedyTransducerSearch } from "../decoding/greedy-search";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "../decoding/transducer-state";
import type { EncodedFrames, OfflineEncoder } from "../model/asr-model";
import { StagingBuffer } from "./staging-buffer";

/** One stream's next window. */
export type WindowItem = {
  window: EncoderWindow;
  search: TransducerState;
  booster: TokenBooster | null;
  isUrgent: boolean;
};

export type WindowResult = {
  /** Tokens with frames counted from the window's first committed one. */
  tokens: readonly DecodedToken[];
  search: TransducerState;
  /** Encoder frames committed. */
  frames: number;
  /** Tentative tokens of the right context; the next window may revise them. */
  tentative: readonly DecodedToken[];
};

/** Runs a batch of windows through an encoder without caches and decodes the committed frames. */
export class WindowStep {
  readonly #encoder: OfflineEncoder;
  readonly #search: GreedyTransducerSearch;
  readonly #signal = new StagingBuffer();

  constructor(encoder: OfflineEncoder, search: GreedyTransducerSearch) {
    this.#encoder = encoder;
    this.#search = search;
  }

  /** Batching key: windows with equal keys may share a step. */
  keyOf({ window }: WindowItem): string {
    return String(window.frames);
  }

  async run(items: readonly WindowItem[]): Promise<WindowResult[]> {
    const encoded = await this.#encode(items);
    const cut = (index: number, from: number, count: number): EncodedFrames => {
      const block = encoded[index] ?? { data: new Float32Array(0), frames: 0 };
      const start = Math.min(from, block.frames);
      const frames = Math.max(0, Math.min(count, block.frames - start));
      const { width } = this.#encoder;
      return { data: block.data.subarray(start * width, (start + frames) * width), frames };
    };
    const committed = items.map(({ window }, index) =>
      cut(index, window.dropFrames, window.commitFrames),
    );
    const settled = await this.#search.decode(
      items.map(({ search, booster }, index) => ({
        state: search,
        booster,
        encoded: committed[index] ?? cut(index, 0, 0),
      })),
    );
    const ahead = await this.#search.decode(
      items.map(({ search, booster, window }, index) => ({
        state: settled[index]?.state ?? search,
        booster,
        encoded: cut(index, window.dropFrames + window.commitFrames, window.tentativeFrames),
      })),
    );
    return settled.map(({ tokens, state }, index) => ({
      tokens,
      search: state,
      frames: committed[index]?.frames ?? 0,
      tentative: ahead[index]?.tokens ?? [],
    }));
  }

  async #encode(items: readonly WindowItem[]): Promise<EncodedFrames[]> {
    const [first] = items;
    if (first === undefined) return [];
    const { frames, signal } = first.window;
    const lengths = BigInt64Array.from(items, ({ window }) => BigInt(window.validFrames));
    if (items.length === 1) return await this.#encoder.run(signal, frames, lengths);
    const gathered = this.#signal.view(items.length * signal.length);
    items.forEach(({ window }, index) => {
      gathered.set(window.signal, index * signal.length);
    });
    return await this.#encoder.run(gathered, frames, lengths);
  }
}
