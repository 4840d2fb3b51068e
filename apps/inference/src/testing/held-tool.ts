import type { ChatPart, ChatRequest } from "../contracts/chat-model";
import type { Tool, ToolSet } from "../contracts/tool";
import type { ConversationScript } from "./conversation-script";

/** A tool that answers when the test lets it. */
export class HeldTool {
  readonly tool: Tool;
  readonly inputs: unknown[] = [];
  readonly signals: AbortSignal[] = [];
  #settle: ((text: string) => void)[] = [];

  constructor(effect: Tool["effect"], change: Partial<Tool> = {}) {
    this.tool = {
      name: "held",
      title: "Held tool",
      description: "",
      parameters: {},
      effect,
      timeoutMs: 30_000,
      run: (input, { signal }) => {
        this.inputs.push(input);
        this.signals.push(signal);
        return new Promise((resolve) => this.#settle.push(resolve));
      },
      ...change,
    };
  }

  answer(text: string): void {
    for (const settle of this.#settle.splice(0)) settle(text);
  }
}

/** A set of these tools. */
export function setOf(...tools: Tool[]): ToolSet {
  return { name: "set", title: "Set", tools: () => tools };
}

/** Calls a tool once, and says its result after the given words. */
export async function* callThenSay(
  request: ChatRequest,
  { name = "held", input = {} }: { name?: string; input?: object } = {},
  say: (result: string) => string = (result) => `It is ${result}.`,
): AsyncGenerator<string | ChatPart> {
  yield { type: "tool-calls" };
  const result = await callOf(request, name, input);
  yield say(result);
}

async function callOf({ tools }: ChatRequest, name: string, input: object): Promise<string> {
  if (tools === undefined) throw new Error("no tools were offered");
  return (await tools.call({ name, input, problem: null })) ?? "";
}

/** What the room shows of each use, as it stands. */
export const cards = (script: ConversationScript) => {
  const last = new Map(script.all("tool-use").map((notice) => [notice.useId, notice.use]));
  return [...last.values()].map(({ state, result }) => `${state} ${result}`.trim());
};
