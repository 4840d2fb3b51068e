import { z } from "zod";

/** A call of a tool or a piece of one. Some servers send the arguments as an object. */
const toolCallSchema = z.object({
  index: z.int().nullish().catch(null),
  id: z.string().nullish().catch(null),
  function: z.object({
    name: z.string().nullish(),
    arguments: z
      .union([z.string(), z.looseObject({}).transform((value) => JSON.stringify(value))])
      .nullish(),
  }),
});

/** A message or a part of one, as loosely as servers write it. */
const messageSchema = z
  .object({
    content: z.unknown(),
    refusal: z.unknown(),
    reasoning_content: z.unknown(),
    reasoning: z.unknown(),
    thinking: z.unknown(),
    tool_calls: z.unknown(),
  })
  .partial();
type Message = z.infer<typeof messageSchema>;

const choiceSchema = z.object({
  index: z.number().nullish().catch(null),
  delta: messageSchema.nullish().catch(null),
  message: messageSchema.nullish().catch(null),
  /** Of the older completions API. */
  text: z.string().nullish().catch(null),
  finish_reason: z.string().nullish().catch(null),
});
const answerSchema = z.object({ choices: z.array(z.unknown()) });
/** Ollama's own form: a line of JSON for each piece. */
const ollamaSchema = z.object({ message: messageSchema, done: z.boolean() });

/** One chunk of an answer, in the one form that all chunks are brought to. */
export type ChatChunk = {
  content: string;
  reasoning: string;
  toolCalls: z.infer<typeof toolCallSchema>[];
  /** Null while the answer goes on. */
  finishReason: string | null;
};

/**
 * Reads one chunk of an answer, or a whole one. Only the first choice counts.
 *
 * @param hasText some text came before: a message that repeats all of it is left out
 * @returns null for anything else, such as a report of usage
 */
export function readChatChunk(value: unknown, hasText: boolean): ChatChunk | null {
  const ollama = ollamaSchema.safeParse(value);
  if (ollama.success) {
    const { message, done } = ollama.data;
    return { ...partsOf(message), finishReason: done ? "stop" : null };
  }
  const answer = answerSchema.safeParse(value);
  if (!answer.success) return null;
  for (const raw of answer.data.choices) {
    const choice = choiceSchema.safeParse(raw).data;
    if (choice === undefined || (choice.index ?? 0) !== 0) continue;
    const { delta, message, text, finish_reason } = choice;
    const part = delta ?? (hasText ? null : (message ?? { content: text ?? "" }));
    return { ...partsOf(part ?? {}), finishReason: finish_reason ?? null };
  }
  return null;
}

function partsOf(message: Message): Omit<ChatChunk, "finishReason"> {
  const [text, thoughts] = contentOf(message.content);
  const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as unknown[]) : [];
  const toolCalls = calls.flatMap((call) => toolCallSchema.safeParse(call).data ?? []);
  const reasoning =
    textOf(message.reasoning_content) || textOf(message.reasoning) || textOf(message.thinking);
  return { content: text + textOf(message.refusal), reasoning: reasoning + thoughts, toolCalls };
}

/** @returns text and reasoning of a content that is a text or a list of parts */
function contentOf(content: unknown): [text: string, reasoning: string] {
  if (!Array.isArray(content)) return [textOf(content), ""];
  let [text, reasoning] = ["", ""];
  for (const part of content as unknown[]) {
    if (typeof part !== "object" || part === null) continue;
    const type = "type" in part ? part.type : null;
    if ("thinking" in part || type === "thinking" || type === "reasoning") reasoning += "…";
    else if ("text" in part) text += textOf(part.text);
    else if ("refusal" in part) text += textOf(part.refusal);
  }
  return [text, reasoning];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
