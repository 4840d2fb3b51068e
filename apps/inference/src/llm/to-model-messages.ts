import type { ModelMessage } from "ai";
import type { ChatMessage } from "../contracts/chat-model";

/**
 * Chat APIs have no field for who speaks that every server knows, so where several people talk
 * each line begins with its speaker's name.
 */
export function toModelMessages(messages: readonly ChatMessage[]): ModelMessage[] {
  const names = new Set(messages.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const lines: ModelMessage[] = [];
  for (const { role, name, content } of messages) {
    const text = names.size > 1 && name !== undefined ? `${name}: ${content}` : content;
    const last = lines.at(-1);
    // Many templates insist on user and assistant taking turns.
    if (role === "user" && last?.role === "user" && typeof last.content === "string") {
      last.content += `\n${text}`;
    } else {
      lines.push({ role, content: text });
    }
  }
  return lines;
}
