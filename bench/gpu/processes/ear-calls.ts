import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";
import type { BusBytes } from "../../support/bus-watch";

/** Calls of a recogniser's process. */
export type EarCalls = {
  load(request: EarRequest): Promise<EarLoaded>;
  /** Every stream recognises `chunks` chunks as fast as it can, all of them at once. */
  rush(request: { streams: number; chunks: number }): Promise<RushAnswer>;
  /** Every stream recognises speech at its pace, their chunks spread evenly over time. */
  pace(request: { streams: number; seconds: number }): Promise<{ latencyMs: number[] }>;
  /** Ids of the tokens that it hears in each sound. */
  hear(request: { sounds: readonly Int16Array[] }): Promise<number[][]>;
};

export type EarRequest = {
  directory: string;
  provider: ExecutionProvider;
  /** Where prediction network and joint compute, if not there too. */
  decoderProvider?: ExecutionProvider;
  /** Null for the model's own choice. */
  chunkMs: number | null;
  /** Most streams in a run. */
  maxBatch: number;
};

export type EarLoaded = {
  loadMs: number;
  runsOn: ExecutionProvider;
  remarks: readonly string[];
};

export type RushAnswer = {
  wallMs: number;
  largestBatch: number;
  bus: BusBytes;
  /** Runs of prediction network and joint, and their time in all. */
  decoder: { runs: number; ms: number };
};
