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

/** A line of the conversation. The last is the model's, which it goes on with. */
export type LlamaLine =
  | { readonly type: "system" | "user"; readonly text: string }
  | { readonly type: "model"; readonly response: readonly (string | LlamaUse)[] };

/** A call of a function, carried out, as it stands in the model's line. */
export type LlamaUse = {
  readonly type: "functionCall";
  readonly name: string;
  readonly description: string;
  readonly params: unknown;
  readonly result: string;
  /** As the model wrote it: its cache then fits. */
  readonly rawCall: unknown;
  /** Those of one go belong together, where a model calls several at once. */
  readonly startsNewChunk: boolean;
};

/**
 * What node-llama-cpp makes a grammar of: a part of JSON Schema in which every property is required,
 * and has to be given.
 */
export type LlamaSchema =
  | { readonly type: string | readonly string[]; readonly description?: string }
  | { readonly const: LlamaValue; readonly description?: string }
  | { readonly enum: readonly LlamaValue[]; readonly description?: string }
  | { readonly oneOf: readonly LlamaSchema[]; readonly description?: string }
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, LlamaSchema>>;
      readonly additionalProperties: boolean;
      readonly description?: string;
    }
  | { readonly type: "array"; readonly items: LlamaSchema; readonly description?: string };

type LlamaValue = string | number | boolean | null;

export type LlamaFunctions = Readonly<
  Record<string, { readonly description: string; readonly params: LlamaSchema }>
>;

/** A call that the model wrote. */
export type LlamaCall = {
  readonly functionName: string;
  readonly params: unknown;
  readonly raw: unknown;
};

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
      /** The model may call these; its answer then ends with the calls. */
      functions?: LlamaFunctions;
      documentFunctionParams?: true;
      maxParallelFunctionCalls?: number;
    },
  ): Promise<{ readonly functionCalls?: readonly LlamaCall[] }>;
};

const moduleSchema = z.custom<LlamaModule>((value) => {
  const module = value as Partial<Record<keyof LlamaModule, unknown>> | null;
  return typeof module?.getLlama === "function" && typeof module.LlamaChat === "function";
}, "it is not node-llama-cpp");

/** @throws ZodError for a module that is another one */
export function asLlamaModule(module: unknown): LlamaModule {
  return moduleSchema.parse(module);
}
