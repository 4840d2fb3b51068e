/** A line of the conversation as the model sees it. */
export type ChatMessage = {
  role: "system" | "user" | "assistant";
  /** Who said it, where several people talk. */
  name?: string;
  content: string;
};

export type ChatRequest = {
  messages: readonly ChatMessage[];
  /** Aborting stops the request itself, not only the reading of it. */
  signal: AbortSignal;
};

/** Parts arrive in this order: any number of deltas, then one finish or one error. */
export type ChatPart =
  { type: "text-delta"; text: string } | { type: "finish" } | { type: "error"; error: Error };

/** Thinks of an answer. Reasoning is never part of it. */
export type ChatModel = {
  /** For people: "scripted brain", "nemotron-3-nano at localhost". */
  readonly name: string;
  reply(request: ChatRequest): AsyncIterable<ChatPart>;
};
