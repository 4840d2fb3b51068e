import { TextAlignment } from "../alignment/text-alignment";
import type { TextWindow } from "../alignment/text-windows";
import type { CrossMemory } from "./cross-memory";
import type { BatchMember } from "./decoding-batch";
import { detectEnd, isEndLikeliest } from "./end-detection";
import type { StepNoise } from "./gumbel-noise";
import type { Draw } from "./local-sampler";
import type { MagpieModel } from "./magpie-model";
import { beginIdOf, endIdOf, slotsOf, tokensOf } from "./model-sizes";
import type { StepOutput } from "./step-output";

/** Reason of a chunk's end: an end token, the end of its text, or no steps left. */
export type ChunkEnd = "end-token" | "text" | "step-limit";

export type ChunkDecodingOptions = {
  model: MagpieModel;
  window: TextWindow;
  memory: CrossMemory;
  /** Absolute text position attended last in the previous chunk. */
  lastAttended: number;
  noise: StepNoise;
  temperature: number;
};

/** Input codes of a chunk's first step. */
export function beginCodes({ manifest }: MagpieModel): number[] {
  return new Array<number>(slotsOf(manifest)).fill(beginIdOf(manifest));
}

/** Limit on the steps of a chunk. */
export function stepLimit({
  manifest,
  inference,
}: Pick<MagpieModel, "manifest" | "inference">): number {
  const { frameStacking, contextFrames, maxPositions } = manifest;
  const wanted = Math.floor(inference.maxDecoderSteps / frameStacking);
  return Math.min(wanted, maxPositions - contextFrames);
}

/** Decodes one chunk from text to codes, step by step. */
export class ChunkDecoding implements BatchMember {
  readonly window: TextWindow;
  readonly memory: CrossMemory;
  readonly #model: MagpieModel;
  readonly #alignment: TextAlignment;
  readonly #makeNoise: StepNoise;
  readonly #temperature: number;
  readonly #noise: Float32Array;
  readonly #codes: number[][];
  #draw: Draw | null = null;

  constructor(options: ChunkDecodingOptions) {
    const { model, window, memory, lastAttended, noise, temperature } = options;
    this.#model = model;
    this.window = window;
    this.memory = memory;
    const { inference } = model;
    this.#alignment = new TextAlignment({ chunk: window, lastAttended, inference });
    this.#makeNoise = noise;
    this.#temperature = temperature;
    this.#noise = new Float32Array(slotsOf(model.manifest) * model.manifest.inference.topK);
    this.#codes = [beginCodes(model)];
  }

  get prior(): Float32Array | null {
    return this.#alignment.prior;
  }

  /** Codes of all steps so far, by slot, preceded by those of the beginning. */
  get codes(): readonly (readonly number[])[] {
    return this.#codes;
  }

  get lastCodes(): readonly number[] {
    return this.#codes.at(-1) ?? [];
  }

  /** Absolute position of the attended token. */
  get attended(): number {
    return this.#alignment.attended;
  }

  /** Follows the text. @returns the input for sampling this step's codes */
  observe(output: StepOutput): Draw {
    const { manifest, inference } = this.#model;
    this.#alignment.observe(output.alignment);
    this.#makeNoise(this.#noise);
    for (const [index, value] of this.#noise.entries()) {
      this.#noise[index] = value * this.#temperature;
    }
    const { endRule } = this.#alignment;
    const frames = this.#steps * manifest.frameStacking;
    const isEarly = frames < inference.minGeneratedFrames;
    const end =
      endRule === "forced"
        ? "forced"
        : isEarly || endRule === "forbidden"
          ? "forbidden"
          : "allowed";
    this.#draw = { output, noise: this.#noise, end };
    return this.#draw;
  }

  /**
   * @param codes sampled from the last result of `observe`
   * @returns the codes of audible frames, and the reason of the chunk's end or null
   */
  accept(codes: number[]): { frames: number[][]; end: ChunkEnd | null } {
    const { codebooks, frameStacking } = this.#model.manifest;
    this.#codes.push(codes);
    const endFrame = this.#endFrame(codes);
    const frames = Array.from({ length: endFrame ?? frameStacking }, (_, frame) =>
      codes.slice(frame * codebooks, (frame + 1) * codebooks),
    );
    if (endFrame !== null) return { frames, end: "end-token" };
    if (this.#alignment.isChunkOver) return { frames, end: "text" };
    return { frames, end: this.#steps >= stepLimit(this.#model) ? "step-limit" : null };
  }

  get #steps(): number {
    return this.#codes.length - 1;
  }

  #endFrame(codes: readonly number[]): number | null {
    const draw = this.#draw;
    if (draw === null || draw.end === "forbidden") return null;
    if (draw.end === "forced") return 0;
    const { manifest, inference } = this.#model;
    const { conditional, unconditional } = draw.output;
    const tokens = tokensOf(manifest);
    const endId = endIdOf(manifest);
    const isLikeliest = (head: number) => {
      const start = head * tokens;
      return isEndLikeliest(
        conditional.logits.subarray(start, start + tokens),
        unconditional.logits.subarray(start, start + tokens),
        { codes: manifest.codes, endId, scale: inference.cfgScale },
      );
    };
    const { codebooks } = manifest;
    return detectEnd(codes, isLikeliest, { codebooks, endId, method: inference.eosDetection });
  }
}
