import type { TokenUsage } from "../../../contracts/chat-model";
import { tokenMeasure } from "../../../session/replying/token-measure";
import type { ResponseUsage } from "../events/server-events";

/** OpenAI counts a token for each 100 ms of what people say. */
const inputMsPerToken = 100;

/** What a response took, as far as it is measured. */
export type Consumption = {
  /** As the chat model's server counts; null where it does not. */
  counted: TokenUsage | null;
  /** Characters that the model read and wrote: they stand in for what nobody counted. */
  readCharacters: number;
  writtenCharacters: number;
  /** Sound in the conversation that people said, and of the response. */
  heardMs: number;
  spokenMs: number;
  /** Tokens at which the response was cut; null for one that was not. */
  limit: number | null;
};

/** Tokens of one response: text as counted or estimated, sound by its length. */
export function responseUsage(consumption: Consumption): ResponseUsage {
  const { counted, heardMs, spokenMs, limit } = consumption;
  const written = tokensOf(consumption.writtenCharacters);
  const text = {
    input: counted?.inputTokens ?? tokensOf(consumption.readCharacters),
    // What the model wrote beyond the limit is no part of the response.
    output: limit === null ? (counted?.outputTokens ?? written) : written,
    cached: counted?.cachedTokens ?? 0,
  };
  const spoken = Math.ceil(spokenMs / tokenMeasure.spokenMs);
  const audio = {
    input: Math.ceil(heardMs / inputMsPerToken),
    // Pauses between sentences are sent, and taken from nobody's limit.
    output: limit === null ? spoken : Math.max(0, Math.min(spoken, limit - written)),
  };
  const [input, output] = [text.input + audio.input, text.output + audio.output];
  return {
    total_tokens: input + output,
    input_tokens: input,
    output_tokens: output,
    input_token_details: {
      text_tokens: text.input,
      audio_tokens: audio.input,
      image_tokens: 0,
      cached_tokens: text.cached,
      cached_tokens_details: { text_tokens: text.cached, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: text.output, audio_tokens: audio.output },
  };
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / tokenMeasure.characters);
}
