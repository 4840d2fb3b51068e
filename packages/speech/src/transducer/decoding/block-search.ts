import { AppError } from "@parley/shared/errors";
import type { DecoderShape, EncodedFrames } from "../model/asr-model";
import { labelConfidence } from "./label-confidence";
import { notFinite, type JointLabelReader, type JointLabels } from "./joint-label-reader";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { DecodedBlock, DecodedToken, SearchItem } from "./transducer-search";
import type { TransducerState } from "./transducer-state";

/** NeMo's `max_symbols`: most tokens emitted at one frame. */
const maxSymbolsPerFrame = 10;

/** Results of one decoder run; each stream reads its row. */
type ScoredWindow = {
  /** Number of rows and of frames in the run. */
  batch: number;
  frames: number;
  /** [batch, frames, outputs]. */
  logits: Float32Array;
  /** [layers, batch, width]: the LSTM after each stream's last token. */
  hidden: Float32Array;
  cell: Float32Array;
};

/** Search parameters shared by all streams. */
export type SearchSettings = JointLabels & { shape: DecoderShape; reader: JointLabelReader };

/** Greedy search of one stream through one block: position, emitted tokens and predictor state. */
export class BlockSearch {
  readonly encoded: EncodedFrames;
  readonly #settings: SearchSettings;
  readonly #tokens: DecodedToken[] = [];
  readonly #booster: TokenBooster | null;
  readonly #start: TransducerState;
  #frame: number;
  #symbols = 0;
  #lastToken: number;
  #boostingNode: number;
  #hidden: Float32Array;
  #cell: Float32Array;

  /** @throws TypeError when the size of block or state differs from the decoder's */
  constructor({ state, encoded, booster }: SearchItem, settings: SearchSettings) {
    const { encoderWidth, predictorLayers, predictorWidth } = settings.shape;
    requireLength("encoded", encoded.data, encoded.frames * encoderWidth);
    requireLength("hidden", state.hidden, predictorLayers * predictorWidth);
    requireLength("cell", state.cell, predictorLayers * predictorWidth);
    this.encoded = encoded;
    this.#settings = settings;
    this.#booster = booster;
    this.#start = state;
    this.#frame = state.skip;
    this.#lastToken = state.lastToken;
    this.#boostingNode = state.boostingNode;
    this.#hidden = state.hidden;
    this.#cell = state.cell;
  }

  /** Next frame to be scored. */
  get frame(): number {
    return this.#frame;
  }

  /** Number of frames yet to be scored; 0 or less when done. */
  get remaining(): number {
    return this.encoded.frames - this.#frame;
  }

  get lastToken(): number {
    return this.#lastToken;
  }

  /** [layers, width]. */
  get hidden(): Float32Array {
    return this.#hidden;
  }

  get cell(): Float32Array {
    return this.#cell;
  }

  /** @returns the emitted tokens and the state after the block; the same object if unchanged */
  result(): DecodedBlock {
    const tokens = this.#tokens;
    const skip = Math.max(0, -this.remaining);
    if (tokens.length === 0 && skip === this.#start.skip) return { tokens, state: this.#start };
    const [lastToken, boostingNode] = [this.#lastToken, this.#boostingNode];
    const [hidden, cell] = [this.#hidden, this.#cell];
    return { tokens, state: { lastToken, hidden, cell, skip, boostingNode } };
  }

  /**
   * Reads scored frames up to the first token: the frames after it must be scored again.
   *
   * @param window starts at `frame`; frames past the block's end are ignored
   * @param row row of this stream
   * @throws AppError `internal` when a score is not a number
   */
  read(window: ScoredWindow, row: number): void {
    const { blank, shape, reader } = this.#settings;
    const first = this.#frame;
    const end = Math.min(first + window.frames, this.encoded.frames);
    while (this.#frame < end) {
      const at = (row * window.frames + this.#frame - first) * shape.outputs;
      const label = this.#checked(reader.label(window.logits, at));
      const jump = this.#checked(reader.jump(window.logits, at));
      if (label !== blank) {
        this.#emit(this.#boosted(label, window.logits, at), jump, window.logits, at);
        this.#keepState(window, row);
        return;
      }
      this.#frame += Math.max(1, jump);
      this.#symbols = 0;
    }
  }

  /** Bonuses choose among tokens only: the model alone decides whether a token is emitted. */
  #boosted(token: number, logits: Float32Array, at: number): number {
    if (this.#booster === null) return token;
    const { reader } = this.#settings;
    return this.#checked(reader.boostedToken(logits, at, this.#booster, this.#boostingNode));
  }

  #emit(id: number, jump: number, logits: Float32Array, at: number): void {
    const { blank, durations } = this.#settings;
    this.#tokens.push({
      id,
      frame: this.#frame,
      duration: durations === null ? 1 : jump,
      ...labelConfidence(logits, at, blank + 1, id),
    });
    this.#lastToken = id;
    this.#boostingNode = this.#booster?.advance(this.#boostingNode, id) ?? 0;
    this.#symbols++;
    if (jump > 0 || this.#symbols === maxSymbolsPerFrame) {
      this.#frame += Math.max(1, jump);
      this.#symbols = 0;
    }
  }

  /** Copies the state: the run's arrays are reused, and the initial state belongs to the caller. */
  #keepState({ batch, hidden, cell }: ScoredWindow, row: number): void {
    const { predictorLayers, predictorWidth } = this.#settings.shape;
    if (this.#hidden === this.#start.hidden) {
      this.#hidden = new Float32Array(predictorLayers * predictorWidth);
      this.#cell = new Float32Array(predictorLayers * predictorWidth);
    }
    for (let layer = 0; layer < predictorLayers; layer++) {
      const from = (layer * batch + row) * predictorWidth;
      const to = layer * predictorWidth;
      this.#hidden.set(hidden.subarray(from, from + predictorWidth), to);
      this.#cell.set(cell.subarray(from, from + predictorWidth), to);
    }
  }

  #checked(choice: number): number {
    if (choice === notFinite) {
      throw new AppError("internal", `the joint's scores are not finite at frame ${this.#frame}`);
    }
    return choice;
  }
}

function requireLength(name: string, { length }: Float32Array, expected: number): void {
  if (length !== expected) throw new TypeError(`${length} values of ${name}, not ${expected}`);
}
