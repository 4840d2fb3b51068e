import type { ModelMessage } from "ai";
import type { ChatMessage } from "../contracts/chat-model";

export type MessageForm = {
  /** The template knows no system role: its text begins the first line of the user's. */
  foldsSystem?: boolean;
};

type Line = { role: "system" | "user" | "assistant"; content: string };

/** Stands for a user who said nothing, where a template wants one. */
const silentUser = "…";

/**
 * Messages for the AI SDK, in the form that every chat template takes: system, then user and
 * assistant in turns, the user first and last. What the assistant said before anybody else did, its
 * greeting, is told in the system message. No field for a speaker's name is common to all servers, so
 * where several people talk each line begins with its speaker's name. What tools were used for
 * earlier answers stands as a remark in brackets before the answer: templates differ in their form
 * for calls, and a model that read calls among its own words would write them.
 */
export function toModelMessages(
  messages: readonly ChatMessage[],
  { foldsSystem = false }: MessageForm = {},
): ModelMessage[] {
  const people = messages.filter(({ role }) => role !== "tool");
  const names = new Set(people.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const system: string[] = [];
  const opening: string[] = [];
  const lines: Line[] = [];
  for (const message of messages) {
    const role = message.role === "tool" ? "user" : message.role;
    const text = textOf(message, names.size > 1);
    const last = lines.at(-1);
    if (role === "system") system.push(text);
    else if (role === "assistant" && last === undefined) opening.push(text);
    else if (last?.role === role) last.content += `\n${text}`;
    else lines.push({ role, content: text });
  }
  if (opening.length > 0) {
    system.push(`You spoke first in this conversation. You said: "${opening.join(" ")}"`);
  }
  if (lines.at(-1)?.role !== "user") lines.push({ role: "user", content: silentUser });
  const first = lines[0];
  if (system.length === 0) return lines;
  if (foldsSystem && first !== undefined) {
    first.content = `${system.join("\n")}\n\n${first.content}`;
    return lines;
  }
  return [{ role: "system", content: system.join("\n") }, ...lines];
}

/** @param isNamed lines of people begin with their names */
function textOf({ role, name, content }: ChatMessage, isNamed: boolean): string {
  if (role === "tool") return `[You used a tool. ${content}]`;
  return isNamed && name !== undefined ? `${name}: ${content}` : content;
}

/** @returns the messages without the older half of the conversation; null when none can be left out */
export function withoutOlderHalf(messages: readonly ChatMessage[]): ChatMessage[] | null {
  const system = messages.filter(({ role }) => role === "system");
  const lines = messages.filter(({ role }) => role !== "system");
  if (lines.length < 2) return null;
  return [...system, ...lines.slice(Math.ceil(lines.length / 2))];
}
