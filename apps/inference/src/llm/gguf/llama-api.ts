import { z } from "zod";

/** What Parley uses of node-llama-cpp, which is installed when it is first wanted. */
export type LlamaModule = {
  getLlama(options: {
    gpu: "auto" | "cuda" | "vulkan" | "metal" | false;
    /** Never compiled here: what its packages hold is used, or nothing. */
    build: "never";
    logLevel: "error";
    logger: (level: string, message: string) => void;
  }): Promise<Llama>;
  LlamaChat: new (options: { contextSequence: LlamaSequence }) => LlamaChat;
};

export type Llama = {
  /** "cuda", "vulkan" or "metal"; false for the processor. */
  readonly gpu: string | false;
  loadModel(options: { modelPath: string; loadSignal: AbortSignal }): Promise<LlamaModel>;
  dispose(): Promise<void>;
};

export type LlamaModel = {
  readonly trainContextSize: number;
  createContext(options: {
    sequences: number;
    /** Tokens of one sequence. */
    contextSize: number;
    threads: number;
    createSignal: AbortSignal;
  }): Promise<LlamaContext>;
};

export type LlamaContext = { getSequence(): LlamaSequence };

/** One conversation's place in the context, with keys and values of what it last held. */
export type LlamaSequence = {
  readonly tokenMeter: { readonly usedInputTokens: number; readonly usedOutputTokens: number };
};

/** A line of the conversation. The last is the model's, and empty: it is to be written. */
export type LlamaLine =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: string[] };

/** A piece of the answer; those with a type are reasoning or comments. */
export type LlamaChunk = { readonly type?: "segment" | undefined; readonly text: string };

export type LlamaChat = {
  generateResponse(
    lines: LlamaLine[],
    options: {
      signal: AbortSignal;
      /** Resolves with what there is instead of rejecting. */
      stopOnAbortSignal: true;
      maxTokens: number;
      temperature: number;
      topP: number;
      budgets: { thoughtTokens: number };
      onResponseChunk: (chunk: LlamaChunk) => void;
    },
  ): Promise<unknown>;
};

const moduleSchema = z.custom<LlamaModule>((value) => {
  const module = value as Partial<Record<keyof LlamaModule, unknown>> | null;
  return typeof module?.getLlama === "function" && typeof module.LlamaChat === "function";
}, "it is not node-llama-cpp");

/** @throws ZodError for a module that is another one */
export function asLlamaModule(module: unknown): LlamaModule {
  return moduleSchema.parse(module);
}
