import type { TokenBooster } from "../decoding/token-booster";
import type { Transcript } from "./transcript";

/**
 * One stream's way from sound to tokens, kind by kind of model. Calls never overlap: whoever holds
 * it queues them.
 */
export type DecodingStream = {
  /** What is recognised so far, what may still be revised included. */
  readonly transcript: Transcript;
  /** Samples taken that whole chunks of have yet to be worked through. */
  readonly waitingSamples: number;
  /** Works through every chunk that these samples complete. */
  push(samples: Int16Array): Promise<void>;
  /** Runs out a copy: what would be heard if the sound ended here. */
  peek(): Promise<Transcript>;
  /** Runs out the stream itself, which then has to be reset. */
  finish(): Promise<Transcript>;
  /** Forgets what was heard. */
  reset(): void;
  /** From the next token on; null for none. */
  setBooster(booster: TokenBooster | null): void;
  /** Frees what is held. Idempotent. */
  close(): void;
};
