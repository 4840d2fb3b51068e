import type { AgentProblem } from "@parley/shared/protocol/agent-problem";
import type { WorkerCard } from "@parley/shared/protocol/worker-card";
import type { ToolBox } from "./tool";

/** One line of the conversation. */
export type ChatMessage = {
  /** A tool's line says what the agent once used and what came of it. */
  role: "system" | "user" | "assistant" | "tool";
  /** Speaker of a user's line. */
  name?: string;
  content: string;
  /** Whom a user's line is said to, if not to the agent: anybody, or other people. */
  addressee?: "everyone" | "others";
};

/** Answer of an agent that has nothing to say among several people: neither spoken nor shown. */
export const silentAnswer = "(silence)";

export type ChatRequest = {
  messages: readonly ChatMessage[];
  /** Aborting stops the request at the server, too. */
  signal: AbortSignal;
  /**
   * Name of the conversation, the same for all its requests: their prompts begin alike, so that a
   * model which keeps prompts does well to keep this one's.
   */
  conversation?: string;
  /** Whether the answer's tokens should be counted, where the server can. */
  countsTokens?: boolean;
  /**
   * Resolves as soon as whoever speaks the answer has used up what there is of it; rejects with the
   * signal's reason. Absent where the answer is wanted as fast as it can be written.
   */
  whenWanted?: (signal: AbortSignal) => Promise<void>;
  /** What the model may use; a model that cannot use tools leaves them. */
  tools?: ToolBox;
};

/** Tokens of one answer, as the model's server counts them. */
export type TokenUsage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Those of the input that the server had in its cache. */
  readonly cachedTokens: number;
};

/** Cause of a failed answer, as far as people are told them apart. */
export type ChatFailureReason = Exclude<AgentProblem, "no-place">;

/** Parts of a streamed answer: any number of the first four, then one finish or one error. */
export type ChatPart =
  | { type: "text-delta"; text: string }
  /** The model reasons: it is alive, and its answer is still to come. */
  | { type: "thinking" }
  /** All text so far turned out to be reasoning: the answer begins after it. */
  | { type: "retraction" }
  /** The model uses tools: the text so far stands by itself, and more follows when they are done. */
  | { type: "tool-calls" }
  | {
      type: "finish";
      usage?: TokenUsage;
      /** Tokens that the request's messages took, with system prompt and tools; absent if unknown. */
      promptTokens?: number;
    }
  | { type: "error"; error: Error; reason?: ChatFailureReason };

/** `waking` while the server was asked for the first time and has not answered yet. */
export type ChatState = WorkerCard["chat"];

/** A language model that answers in a conversation. Its reasoning is not part of the answer. */
export type ChatModel = {
  /** Display name: "scripted brain", "nemotron-3-nano at localhost". */
  readonly name: string;
  /** Whether its server answers, as it was seen last; absent from models without a server. */
  readonly state?: ChatState | undefined;
  /** Whether it can use tools. */
  readonly usesTools?: boolean;
  /** Streams the answer to the last user line; ends early when aborted. */
  reply(request: ChatRequest): AsyncIterable<ChatPart>;
  /** Somebody speaks, and an answer may be wanted soon. Returns at once. */
  prepare?(): void;
  /** Frees what a model in this process holds. Idempotent. */
  close?(): Promise<void>;
};
