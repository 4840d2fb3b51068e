import type { EncodedFrames } from "../model/asr-model";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { TransducerState } from "./transducer-state";

/** One stream's block of encoder output, with the state and booster to decode it with. */
export type SearchItem = {
  /** State after the block before. */
  readonly state: TransducerState;
  readonly encoded: EncodedFrames;
  /** Null without phrases. */
  readonly booster: TokenBooster | null;
};

/** A token in encoder frames (80 ms each). */
export type FrameToken = {
  id: number;
  /** Encoder frame since the last reset. */
  frame: number;
  /** Encoder frames that it lasts: as a TDT model tells, one for other models. */
  duration: number;
  /** 0 to 1: how sure the model is (normalised Tsallis entropy, NeMo's default). */
  confidence: number;
};

/** A token whose `frame` counts from the first of the block; it always lies within the block. */
export type DecodedToken = FrameToken & {
  /** 0 to 1: softmax over the tokens and the blank, bonuses left out. */
  probability: number;
};

export type DecodedBlock = { tokens: DecodedToken[]; state: TransducerState };
