import { Gate } from "@parley/shared/async/gate";
import type { ClientTools, ToolCall, ToolChoice, ToolOffer } from "../../contracts/tool";
import type { SessionOutput } from "../session-output";
import type { ReplyOfTools, ReplyToolBox, ToolsOfReplies } from "./reply-tools";

/** Gives each reply the client's tools. */
export function toolsOfClient(tools: ClientTools, output: SessionOutput): ToolsOfReplies {
  return {
    forReply: ({ replyId, signal, mayCall }) =>
      tools.offers.length === 0
        ? null
        : new ClientToolBox(tools, { replyId, output, signal, mayCall }),
  };
}

type BoxOptions = Pick<ReplyOfTools, "replyId" | "mayCall"> & {
  output: SessionOutput;
  /** Aborting it withdraws calls that have not left. */
  signal: AbortSignal;
};

/**
 * A client's tools for one reply. A call leaves once the reply has the floor, and ends the answer: its
 * result comes into the conversation as a line, and is answered when that is asked for.
 */
class ClientToolBox implements ReplyToolBox {
  readonly offers: readonly ToolOffer[];
  readonly choice: ToolChoice;
  readonly #options: BoxOptions;
  readonly #gate = new Gate();
  #hasCalled = false;

  constructor(tools: ClientTools, options: BoxOptions) {
    this.offers = tools.offers;
    this.choice = tools.choice;
    this.#options = options;
  }

  /** A call has left, or waits for the floor: the reply need not say anything. */
  get endsAnswer(): boolean {
    return this.#hasCalled;
  }

  release(): void {
    this.#gate.open();
  }

  withhold(): void {
    this.#gate.shut();
  }

  async call({ name, input }: ToolCall): Promise<string | null> {
    const { replyId, output, signal, mayCall } = this.#options;
    if (!this.offers.some((offer) => offer.name === name)) return `There is no tool ${name}.`;
    this.#hasCalled = true;
    if (!mayCall(name.length + argumentsOf(input).length)) return null;
    await this.#gate.passed(signal);
    output.replyProgress?.({ type: "tool-called", replyId, name, input });
    return null;
  }
}

/** @returns the arguments of a call as clients get them: JSON, or what the model wrote in its place */
export function argumentsOf(input: unknown): string {
  return typeof input === "string" ? input : JSON.stringify(input);
}
