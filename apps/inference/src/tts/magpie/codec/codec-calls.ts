import type { ExecutionProvider } from "../../../runtime/execution-providers";
import type { StreamingCodec } from "./streaming-codec";

export type CodecSettings = {
  /** From `convertCodec`. */
  directory: string;
  threads: number;
  providers: readonly ExecutionProvider[];
};

/** The calls of the codec's thread. A stream is known by a number that its owner chooses. */
export type CodecCalls = {
  describe: {
    request: undefined;
    reply: Pick<StreamingCodec, "sampleRate" | "samplesPerFrame" | "codebooks" | "codes">;
  };
  /** A stream begins with its first frames. */
  decode: {
    request: { stream: number; frames: readonly (readonly number[])[] };
    reply: { samples: Float32Array };
  };
  close: { request: { stream: number }; reply: undefined };
};
