import { z } from "zod";
import type { TokenUsage } from "../../contracts/chat-model";

const count = z.int().nonnegative();

const openAiSchema = z.object({
  usage: z.object({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z
      .object({ cached_tokens: count.nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
});
/** Ollama's own form. */
const ollamaSchema = z.object({ prompt_eval_count: count, eval_count: count });

/** @returns the count of tokens in a piece of an answer; null where there is none */
export function readTokenUsage(value: unknown): TokenUsage | null {
  const ollama = ollamaSchema.safeParse(value).data;
  if (ollama !== undefined) {
    const { prompt_eval_count: inputTokens, eval_count: outputTokens } = ollama;
    return { inputTokens, outputTokens, cachedTokens: 0 };
  }
  const usage = openAiSchema.safeParse(value).data?.usage;
  if (usage === undefined) return null;
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
  };
}
