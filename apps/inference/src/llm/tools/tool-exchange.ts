import { jsonSchema, tool, type ModelMessage, type ToolSet } from "ai";
import { z } from "zod";
import type { ChatMessage } from "../../contracts/chat-model";
import type { ToolBox, ToolCall, ToolOffer } from "../../contracts/tool";
import { maxCallsARound, maxRounds, tooManyCalls } from "./call-limits";

/** A call as the AI SDK parsed it. */
export type ParsedCall = {
  toolCallId: string;
  toolName: string;
  input: unknown;
  /** Reason why the SDK holds it for invalid. */
  problem: string | null;
};

type AiToolChoice = "none" | "required" | { type: "tool"; toolName: string };

/** What a model and its tools said to each other within one answer. */
export class ToolExchange {
  readonly #box: ToolBox | undefined;
  readonly #messages: ModelMessage[] = [];
  readonly #lines: ChatMessage[] = [];
  #rounds = 0;

  /** @param box the tools on offer; without any the model gets none */
  constructor(box: ToolBox | undefined) {
    this.#box = box?.offers.length === 0 ? undefined : box;
  }

  /** Calls and results so far, which follow the conversation. */
  get messages(): readonly ModelMessage[] {
    return this.#messages;
  }

  /** The same in the form in which earlier calls are told, for a server that takes no other. */
  get lines(): readonly ChatMessage[] {
    return this.#lines;
  }

  get hasTools(): boolean {
    return this.#box !== undefined;
  }

  /** The model may call tools; after the last round they stay named, as templates want them. */
  get mayCall(): boolean {
    return this.#box !== undefined && this.#rounds < maxRounds;
  }

  /** Options of a request to the AI SDK. */
  get options(): { tools?: ToolSet; toolChoice?: AiToolChoice } {
    if (this.#box === undefined) return {};
    const tools = toolSetOf(this.#box.offers);
    if (!this.mayCall) return { tools, toolChoice: "none" };
    const { choice = "auto" } = this.#box;
    // Once a tool has been called, the model is to answer.
    if (choice === "auto" || this.#rounds > 0) return { tools };
    const named = choice === "required" ? choice : { type: "tool" as const, toolName: choice.name };
    return { tools, toolChoice: named };
  }

  /**
   * Carries out the calls of one round, all at once.
   *
   * @param text what the model wrote before them
   * @returns false when the answer ends here
   * @throws the signal's reason when the answer is aborted
   */
  async carryOut(text: string, calls: readonly ParsedCall[]): Promise<boolean> {
    const box = this.#box;
    if (box === undefined) return true;
    this.#rounds++;
    const results = await Promise.all(
      calls.map(async (call, index) =>
        index < maxCallsARound ? await box.call(toolCall(call)) : tooManyCalls,
      ),
    );
    if (results.includes(null)) return false;
    this.#messages.push({
      role: "assistant",
      content: [
        ...(text === "" ? [] : [{ type: "text" as const, text }]),
        ...calls.map(({ toolCallId, toolName, input }) => ({
          type: "tool-call" as const,
          toolCallId,
          toolName,
          input: replayed(input),
        })),
      ],
    });
    for (const [index, { toolName, input }] of calls.entries()) {
      const asked = `${toolName} ${JSON.stringify(replayed(input))}`;
      this.#lines.push({ role: "tool", content: `${asked}: ${results[index] ?? ""}` });
    }
    this.#messages.push({
      role: "tool",
      content: calls.map(({ toolCallId, toolName }, index) => ({
        type: "tool-result" as const,
        toolCallId,
        toolName,
        output: { type: "text" as const, value: results[index] ?? "" },
      })),
    });
    return true;
  }
}

/** Templates take apart the arguments of earlier calls: what is no object would break them. */
function replayed(input: unknown): object {
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  if (isObject) return input;
  const text = typeof input === "string" ? input : JSON.stringify(input);
  return { unreadable: text.slice(0, 200) };
}

function toolCall({ toolName, input, problem }: ParsedCall): ToolCall {
  return { name: toolName, input, problem };
}

function toolSetOf(offers: readonly ToolOffer[]): ToolSet {
  return Object.fromEntries(
    offers.map(({ name, description, parameters }) => [
      name,
      tool({
        description,
        inputSchema: parameters instanceof z.ZodType ? parameters : jsonSchema(parameters),
      }),
    ]),
  );
}
