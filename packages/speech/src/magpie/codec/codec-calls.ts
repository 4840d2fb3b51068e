import type { GraphPlacement } from "../../contracts/graph-placement";
import type { DeviceSettings, ExecutionProvider } from "../../runtime/execution-providers";
import type { StreamingCodec } from "./streaming-codec";

export type CodecSettings = {
  /** Folder that `convertCodec` wrote. */
  directory: string;
  threads: number;
  providers: readonly ExecutionProvider[];
  /** Without a limit of memory: whoever opens the codec has seen to that. */
  device?: Omit<DeviceSettings, "memoryBytes"> | undefined;
};

export type CodecDescription = Pick<
  StreamingCodec,
  "sampleRate" | "samplesPerFrame" | "codebooks" | "codes"
> & {
  /** For operators: what is not computed where it was wanted, and why. */
  remarks: readonly string[];
  /** Where its nodes are computed, once it has run on an accelerator. */
  placements: readonly GraphPlacement[];
};

/** A device that failed; nothing on it can be used. */
export type CodecFailure = { provider: ExecutionProvider; reason: string };

/** The calls of the codec's thread. The caller chooses the ids of streams. */
export type CodecCalls = {
  describe: (request: undefined) => Promise<CodecDescription>;
  /** Decodes a stream's next frames; the first ones open it. */
  decode: (request: {
    stream: number;
    frames: readonly (readonly number[])[];
  }) => Promise<{ samples: Float32Array } | { failure: CodecFailure }>;
  close: (request: { stream: number }) => Promise<undefined>;
};
