import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";

/** Calls of a process in which a voice is opened, without its codec. */
export type CodesCalls = {
  /** The likeliest codes of a few replies, spoken at once. */
  speak(request: CodesRequest): Promise<CodesAnswer>;
};

export type CodesRequest = {
  /** From `convertMagpie`. */
  directory: string;
  provider: ExecutionProvider;
  replies: number;
  /** Codec frames of each. */
  frames: number;
};

export type CodesAnswer = {
  runsOn: ExecutionProvider;
  remarks: readonly string[];
  /** Frame by frame, of each reply. */
  codes: number[][];
};
