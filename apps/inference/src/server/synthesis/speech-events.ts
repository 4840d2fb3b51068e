import { toOpenAiError } from "../openai-error";

/**
 * Sound as OpenAI's server-sent events. A failure is an event too, since the status is sent by then.
 * Tokens are not counted: `usage`, which clients expect, is all zeros.
 */
export async function* speechEvents(sound: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of sound) {
      const audio = Buffer.from(bytes).toString("base64");
      if (audio !== "") yield event({ type: "speech.audio.delta", audio });
    }
    const usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
    yield event({ type: "speech.audio.done", usage });
  } catch (error) {
    yield event(toOpenAiError(error).body);
  }
}

function event(data: object): Uint8Array {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}
