import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";
import type { BusBytes } from "../../support/bus-watch";

/** Calls of the engine's process. */
export type SpeechCalls = {
  load(request: LoadRequest): Promise<LoadAnswer>;
  /** One stream, `times` over: from the request to its first sound, in milliseconds. */
  firstAudio(request: { times: number }): Promise<number[]>;
  /** All streams at once, from the first to the last frame. */
  speak(request: { streams: number; withCodec: boolean }): Promise<SpeakAnswer>;
  /** Cancels streams one after another while they speak. `stepMs` is the length of a step. */
  cancel(request: { streams: number; stepMs: number }): Promise<Cancellation[]>;
};

export type LoadRequest = {
  /** From `convertMagpie` and `convertCodec`. */
  model: string;
  codec: string;
  /** Within an operator, of the decoder's and of the codec's graphs. */
  threads: number;
  /** Of the codec's graph alone; as `threads` unless given. */
  codecThreads?: number | undefined;
  maxStreams: number;
  /** Codec frames of every stream. */
  frames: number;
  textTokens: number;
  /** The processor alone unless given. */
  providers?: readonly ExecutionProvider[];
};
export type LoadAnswer = {
  loadMs: number;
  residentBytes: number;
  runsOn: ExecutionProvider;
  remarks: readonly string[];
};

export type SpeakAnswer = {
  /** Of each stream. */
  firstAudioMs: number[];
  /** From the requests to the last sound of all. */
  wallMs: number;
  /** Processor time of all threads in it. */
  cpuMs: number;
  /** Of each stream's sound. */
  seconds: number;
  /** Duration of each step while all streams were stepping. */
  stepMs: number[];
  /** Peak of the samples. */
  residentBytes: number;
  /** Bytes that onnxruntime was given and gave back, over all runs of the decoder. */
  bus: BusBytes;
};

/** From when a stream should have been cancelled until another could take its place. */
export type Cancellation = { ms: number; steps: number };
