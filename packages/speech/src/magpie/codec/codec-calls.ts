import type { ExecutionProvider } from "../../runtime/execution-providers";
import type { StreamingCodec } from "./streaming-codec";

export type CodecSettings = {
  /** From `convertCodec`. */
  directory: string;
  threads: number;
  providers: readonly ExecutionProvider[];
};

export type CodecDescription = Pick<
  StreamingCodec,
  "sampleRate" | "samplesPerFrame" | "codebooks" | "codes"
>;

/** The calls of the codec's thread. A stream is known by a number that its owner chooses. */
export type CodecCalls = {
  describe: (request: undefined) => Promise<CodecDescription>;
  /** A stream begins with its first frames. */
  decode: (request: {
    stream: number;
    frames: readonly (readonly number[])[];
  }) => Promise<{ samples: Float32Array }>;
  close: (request: { stream: number }) => Promise<undefined>;
};
