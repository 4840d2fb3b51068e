import type { TokenUsage } from "../../../contracts/chat-model";
import type { ResponseUsage } from "../events/server-events";

/** OpenAI counts a token for each 100 ms of what people say, and for each 50 ms of what it says. */
const inputMsPerToken = 100;
const outputMsPerToken = 50;
/** Characters of English that make a token, as a rule. */
const charactersPerToken = 4;

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
};

/** Tokens of one response: text as counted or estimated, sound by its length. */
export function responseUsage(consumption: Consumption): ResponseUsage {
  const { counted, heardMs, spokenMs } = consumption;
  const text = {
    input: counted?.inputTokens ?? tokensOf(consumption.readCharacters),
    output: counted?.outputTokens ?? tokensOf(consumption.writtenCharacters),
    cached: counted?.cachedTokens ?? 0,
  };
  const audio = {
    input: Math.ceil(heardMs / inputMsPerToken),
    output: Math.ceil(spokenMs / outputMsPerToken),
  };
  const [input, output] = [text.input + audio.input, text.output + audio.output];
  return {
    total_tokens: input + output,
    input_tokens: input,
    output_tokens: output,
    input_token_details: {
      ...{ text_tokens: text.input, audio_tokens: audio.input, image_tokens: 0 },
      cached_tokens: text.cached,
      cached_tokens_details: { text_tokens: text.cached, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: text.output, audio_tokens: audio.output },
  };
}

function tokensOf(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}
