import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { Transcript } from "./transcript";

/**
 * One stream from sound to tokens, with an implementation for each kind of model. Calls must not
 * overlap: the owner queues them.
 */
export type DecodingStream = {
  /** Transcript so far, including tentative tokens. */
  readonly transcript: Transcript;
  /** Samples in complete chunks that still wait for the engine. */
  readonly waitingSamples: number;
  /** Resolves once every chunk that these samples complete has been decoded. */
  push(samples: Int16Array): Promise<void>;
  /** Runs a copy out: the transcript if the sound ended here. */
  peek(): Promise<Transcript>;
  /** Runs out the stream itself, which then has to be reset. */
  finish(): Promise<Transcript>;
  /** Forgets all sound so far. */
  reset(): void;
  /** Boosts phrases from the next token on; null for none. */
  setBooster(booster: TokenBooster | null): void;
  /** Frees its memory. Idempotent. */
  close(): void;
};
