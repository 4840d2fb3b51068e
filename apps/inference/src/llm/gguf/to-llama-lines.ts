import type { ChatMessage } from "../../contracts/chat-model";
import { toModelMessages } from "../to-model-messages";
import type { LlamaLine, LlamaUse } from "./llama-api";

/** The conversation for llama.cpp, which writes the last line. @param written what it has of that */
export function toLlamaLines(
  messages: readonly ChatMessage[],
  written: readonly (string | LlamaUse)[] = [],
): LlamaLine[] {
  const lines = toModelMessages(messages).map(({ role, content }): LlamaLine => {
    const text = typeof content === "string" ? content : "";
    return role === "assistant"
      ? { type: "model", response: [text] }
      : { type: role === "system" ? "system" : "user", text };
  });
  return [...lines, { type: "model", response: [...written] }];
}
