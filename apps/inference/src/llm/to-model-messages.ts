import type { ModelMessage } from "ai";
import type { ChatMessage } from "../contracts/chat-model";

/**
 * Messages for the AI SDK. No field for a speaker's name is common to all servers, so where several
 * people talk each line begins with its speaker's name.
 */
export function toModelMessages(messages: readonly ChatMessage[]): ModelMessage[] {
  const names = new Set(messages.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const lines: ModelMessage[] = [];
  for (const { role, name, content } of messages) {
    const text = names.size > 1 && name !== undefined ? `${name}: ${content}` : content;
    const last = lines.at(-1);
    // Many chat templates require that user and assistant alternate.
    if (role === "user" && last?.role === "user" && typeof last.content === "string") {
      last.content += `\n${text}`;
    } else {
      lines.push({ role, content: text });
    }
  }
  return lines;
}
