import { z } from "zod";

const requestSchema = z.looseObject({
  stream: z.literal(true),
  messages: z.array(z.unknown()),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  tool_choice: z.unknown().optional(),
  response_format: z.undefined().optional(),
});

/**
 * A request for an answer that is asked for piece by piece. The text so far goes along as the
 * assistant's unfinished message: vLLM, SGLang and llama.cpp go on with it because of two fields,
 * Ollama and older versions of llama.cpp in any case. Their cache of prompts makes that cheap.
 */
export class ContinuedRequest {
  readonly #request: z.infer<typeof requestSchema>;
  /** Tokens that the answer may still take. */
  tokensLeft: number;

  private constructor(request: z.infer<typeof requestSchema>) {
    this.#request = request;
    this.tokensLeft = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  }

  /** @returns null for a request whose answer is wanted whole, or whose form is another */
  static of(body: RequestInit["body"]): ContinuedRequest | null {
    const request = typeof body === "string" ? requestSchema.safeParse(parsed(body)).data : null;
    if (request === null || request === undefined) return null;
    const { tool_choice } = request;
    const isFree = tool_choice === undefined || tool_choice === "auto" || tool_choice === "none";
    return isFree ? new ContinuedRequest(request) : null;
  }

  /**
   * Body of the request for the next piece.
   *
   * @param written the answer so far
   * @param tokens the piece's most; null for all that is left
   */
  body(written: string, tokens: number | null): string {
    const { messages, ...rest } = this.#request;
    const limit = Math.min(tokens ?? Infinity, this.tokensLeft);
    const key = "max_completion_tokens" in rest ? "max_completion_tokens" : "max_tokens";
    const begun = { role: "assistant", content: written };
    return JSON.stringify({
      ...rest,
      messages: written === "" ? messages : [...messages, begun],
      ...(limit === Infinity ? {} : { [key]: limit }),
      ...(written === "" ? {} : { continue_final_message: true, add_generation_prompt: false }),
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
