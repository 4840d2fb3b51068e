import { Channel } from "@parley/shared/async/channel";
import { textWindows, type TextWindow } from "../alignment/text-windows";
import type { CodecStream } from "../codec/streaming-codec";
import { ChunkDecoding, type ChunkEnd } from "../decoding/chunk-decoding";
import { encodeText, withHistory } from "../decoding/cross-memory";
import { gumbelNoise, noNoise, type StepNoise } from "../decoding/gumbel-noise";
import type { Draw } from "../decoding/local-sampler";
import type { MagpieModel } from "../decoding/magpie-model";
import type { StepOutput } from "../decoding/step-output";
import type { MagpiePart, SpeechRequest } from "./speech-request";
import { SpokenSound } from "./spoken-sound";

export type ReplyOptions = {
  model: MagpieModel;
  request: SpeechRequest;
  codec: CodecStream;
  /** In place of the seeded noise. */
  noise?: StepNoise;
};

/** One request on its way: chunk after chunk into codes, and codes into sound. */
export class Reply {
  readonly request: SpeechRequest;
  readonly #model: MagpieModel;
  readonly #windows: readonly TextWindow[];
  readonly #noise: StepNoise;
  readonly #sound: SpokenSound;
  readonly #parts = new Channel<MagpiePart>({ capacity: Infinity, policy: "refuse" });
  readonly #frames: number[][] = [];
  readonly #attended: number[] = [];
  #chunk: ChunkDecoding | null = null;
  /** Whose text the next chunk follows on. */
  #lastChunk: ChunkDecoding | null = null;
  #nextWindow = 0;
  #isOver = false;

  constructor({ model, request, codec, noise }: ReplyOptions) {
    this.request = request;
    this.#model = model;
    const ids = request.chunks.map((chunk) => chunk.ids);
    this.#windows = textWindows(ids, model.inference.historyLength);
    this.#noise = noise ?? (request.isGreedy ? noNoise : gumbelNoise(request.seed));
    this.#sound = new SpokenSound({
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

  /** The chunk that is being decoded; null when the next one has yet to begin. */
  get chunk(): ChunkDecoding | null {
    return this.#chunk;
  }

  /** Nothing more is to be decoded for it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Reads the next chunk's text. */
  async beginChunk(): Promise<ChunkDecoding> {
    const window = this.#windows[this.#nextWindow];
    if (window === undefined) throw new TypeError("a reply has no chunk left");
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

  /** @returns what the step's codes are to be drawn from; null when no chunk is being decoded */
  look(output: StepOutput): Draw | null {
    const draw = this.#chunk?.look(output) ?? null;
    if (this.#chunk !== null) this.#attended.push(this.#chunk.attended);
    return draw;
  }

  /** Takes the codes drawn from what `look` has told last. */
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

  /** Ends the iteration with this error. Idempotent. */
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
