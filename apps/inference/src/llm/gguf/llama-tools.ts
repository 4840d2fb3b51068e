import type { ToolBox, ToolCall, ToolOffer } from "../../contracts/tool";
import { maxCallsARound, maxRounds, tooManyCalls } from "../tools/call-limits";
import type { LlamaCall, LlamaFunctions, LlamaUse } from "./llama-api";
import { jsonSchemaOf, toLlamaSchema, withoutLeftOut } from "./to-llama-schema";

/** Options of a generation for a model that may call functions. */
type FunctionOptions = {
  functions?: LlamaFunctions;
  documentFunctionParams?: true;
  maxParallelFunctionCalls?: number;
};

/**
 * What a model in this process and its tools said to each other within one answer. A grammar holds the
 * model to the names and the forms of arguments that there are. It cannot be made to call a tool.
 */
export class LlamaTools {
  readonly #box: ToolBox | undefined;
  readonly #offers: readonly ToolOffer[];
  readonly #functions: LlamaFunctions;
  readonly #response: (string | LlamaUse)[] = [];
  #rounds = 0;

  /** @param box the tools on offer; without any the model gets none */
  constructor(box: ToolBox | undefined) {
    this.#box = box;
    const { choice = "auto", offers = [] } = box ?? {};
    this.#offers =
      typeof choice === "string" ? offers : offers.filter(({ name }) => name === choice.name);
    this.#functions = functionsOf(this.#offers);
  }

  /** The model's line so far: what it wrote, what it called, and what came of it. */
  get response(): readonly (string | LlamaUse)[] {
    return this.#response;
  }

  /** None after the last round, in which the model has to answer. */
  get options(): FunctionOptions {
    if (this.#offers.length === 0 || this.#rounds >= maxRounds) return {};
    return {
      functions: this.#functions,
      documentFunctionParams: true,
      maxParallelFunctionCalls: maxCallsARound,
    };
  }

  /**
   * Carries out the calls of one round, all at once.
   *
   * @param text what the model wrote before them
   * @returns false when the answer ends here
   * @throws the signal's reason when the answer is aborted
   */
  async carryOut(text: string, calls: readonly LlamaCall[]): Promise<boolean> {
    const box = this.#box;
    if (box === undefined) return true;
    this.#rounds++;
    const results = await Promise.all(
      calls.map(async (call, index) =>
        index < maxCallsARound ? await box.call(this.#toolCall(call)) : tooManyCalls,
      ),
    );
    if (text !== "") this.#response.push(text);
    for (const [index, { functionName, params, raw }] of calls.entries()) {
      const result = results[index] ?? null;
      if (result === null) return false;
      this.#response.push({
        type: "functionCall",
        name: functionName,
        params,
        result,
        rawCall: raw,
        description: this.#offerOf(functionName)?.description ?? "",
        startsNewChunk: index === 0,
      });
    }
    return true;
  }

  #toolCall({ functionName: name, params }: LlamaCall): ToolCall {
    const offer = this.#offerOf(name);
    const input = offer === undefined ? params : withoutLeftOut(params, jsonSchemaOf(offer));
    // Lengths and ranges, which no grammar holds the model to, are the tool's to judge.
    return { name, input, problem: null };
  }

  #offerOf(name: string): ToolOffer | undefined {
    return this.#offers.find((offer) => offer.name === name);
  }
}

function functionsOf(offers: readonly ToolOffer[]): LlamaFunctions {
  return Object.fromEntries(
    offers.map((offer) => {
      const { name, description } = offer;
      return [name, { description, params: toLlamaSchema(jsonSchemaOf(offer)) }];
    }),
  );
}
