/** Calls of every engine under test, each in a process of its own. */
export type EngineCalls = {
  load(request: LoadRequest): Promise<LoadAnswer>;
  /** Every stream recognises `seconds` of speech as fast as it can, all of them at once. */
  rush(request: { streams: number; seconds: number }): Promise<RushAnswer>;
  /** Every stream recognises speech at its own pace, their chunks spread evenly over time. */
  pace(request: { streams: number; seconds: number }): Promise<PaceAnswer>;
  /** An utterance at the pace of speech, `times` over: from its last sample to its final text. */
  finals(request: { times: number }): Promise<number[]>;
  /** Resident memory that `streams` more streams take, each with a few seconds of speech. */
  memory(request: { streams: number }): Promise<{ bytes: number }>;
  /** One stream recognises `hours` of speech; resident memory after each tenth of it. */
  endure(request: { hours: number }): Promise<{ residentBytes: number[]; wallMs: number }>;
};

export type LoadRequest = {
  /** A folder of the sherpa-onnx kind: encoder, decoder, joiner, tokens. */
  directory: string;
  threads: number;
  /** Sound of one chunk, in milliseconds. */
  chunkMs: number;
  /** Speech that is repeated without end, 16 kHz. */
  speech: Int16Array;
};
export type LoadAnswer = { loadMs: number; residentBytes: number };

/** CPU time of the whole process. `text` is the first stream's. */
export type RushAnswer = { wallMs: number; cpuMs: number; text: string };

/** For each chunk of each stream: from when its last sample was due to when it was processed. */
export type PaceAnswer = { latencyMs: number[]; cpuMs: number };
