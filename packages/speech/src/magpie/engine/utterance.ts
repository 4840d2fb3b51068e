import { Channel } from "@parley/shared/async/channel";
import { textWindows, type TextWindow } from "../alignment/text-windows";
import type { CodecStream } from "../codec/streaming-codec";
import { ChunkDecoding, type ChunkEnd } from "../decoding/chunk-decoding";
import { encodeText, withHistory } from "../decoding/cross-memory";
import { gumbelNoise, noNoise, type StepNoise } from "../decoding/gumbel-noise";
import type { Draw } from "../decoding/local-sampler";
import type { MagpieModel } from "../decoding/magpie-model";
import type { StepOutput } from "../decoding/step-output";
import type { MagpiePart, MagpieRequest } from "./magpie-request";
import { UtteranceSound } from "./utterance-sound";

export type UtteranceOptions = {
  model: MagpieModel;
  request: MagpieRequest;
  codec: CodecStream;
  /** Replaces the seeded noise. */
  noise?: StepNoise;
};

/** One request being spoken: its chunks are decoded one after the other, and their codes to sound. */
export class Utterance {
  readonly request: MagpieRequest;
  readonly #model: MagpieModel;
  readonly #windows: readonly TextWindow[];
  readonly #noise: StepNoise;
  readonly #sound: UtteranceSound;
  readonly #parts = new Channel<MagpiePart>({ capacity: Infinity, policy: "refuse" });
  readonly #frames: number[][] = [];
  readonly #attended: number[] = [];
  #chunk: ChunkDecoding | null = null;
  /** The chunk whose text precedes the next one. */
  #lastChunk: ChunkDecoding | null = null;
  #nextWindow = 0;
  #isOver = false;

  constructor({ model, request, codec, noise }: UtteranceOptions) {
    this.request = request;
    this.#model = model;
    const ids = request.chunks.map((chunk) => chunk.ids);
    this.#windows = textWindows(ids, model.inference.historyLength);
    this.#noise = noise ?? (request.isGreedy ? noNoise : gumbelNoise(request.seed));
    this.#sound = new UtteranceSound({
      codec,
      quality: request.quality,
      onSamples: (samples) => {
        this.#parts.push({ type: "audio", samples });
      },
      onFailure: (error) => {
        this.fail(error);
      },
    });
  }

  get parts(): AsyncIterable<MagpiePart> {
    return this.#parts;
  }

  /** The chunk being decoded; null before the next one begins. */
  get chunk(): ChunkDecoding | null {
    return this.#chunk;
  }

  /** True once nothing more is to be decoded. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Encodes the next chunk's text and makes it the current chunk. */
  async beginChunk(): Promise<ChunkDecoding> {
    const window = this.#windows[this.#nextWindow];
    if (window === undefined) throw new TypeError("the utterance has no chunk left");
    const before = this.#lastChunk;
    const fresh = await encodeText(this.#model, window.ids);
    const chunk = new ChunkDecoding({
      model: this.#model,
      window,
      memory:
        before === null
          ? fresh
          : withHistory(fresh, before.memory, window.history, this.#model.manifest),
      lastAttended: before?.attended ?? 1,
      noise: this.#noise,
      temperature: this.#temperature,
    });
    this.#nextWindow++;
    this.#chunk = chunk;
    this.#lastChunk = chunk;
    return chunk;
  }

  /** Follows the text. @returns the input for sampling this step's codes; null without a chunk */
  observe(output: StepOutput): Draw | null {
    const draw = this.#chunk?.observe(output) ?? null;
    if (this.#chunk !== null) this.#attended.push(this.#chunk.attended);
    return draw;
  }

  /** Takes the codes sampled from the last result of `observe`. */
  accept(codes: number[]): void {
    if (this.#chunk === null) return;
    const { frames, end } = this.#chunk.accept(codes);
    this.#frames.push(...frames);
    this.#sound.add(frames);
    if (end === null) return;
    this.#sound.endChunk();
    this.#chunk = null;
    if (this.#nextWindow === this.#windows.length) this.#complete(end);
  }

  /** Ends `parts` with this error. Idempotent. */
  fail(error: Error): void {
    this.#isOver = true;
    this.#chunk = null;
    this.#sound.close();
    this.#parts.end(error);
  }

  get #temperature(): number {
    return Math.max(0, this.request.temperature ?? this.#model.inference.temperature);
  }

  #complete(end: ChunkEnd): void {
    this.#isOver = true;
    const books = Array.from({ length: this.#model.manifest.codebooks }, (_, book) =>
      this.#frames.map((frame) => frame[book] ?? 0),
    );
    this.#sound.afterAll(() => {
      this.#parts.push({ type: "end", codes: books, attended: this.#attended, end });
      this.#parts.end();
      this.#sound.close();
    });
  }
}
