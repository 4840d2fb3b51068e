import type { Clock } from "@parley/shared/async/clock";
import { Gate } from "@parley/shared/async/gate";
import type { ReplyId } from "@parley/shared/protocol/ids";
import { toolLine } from "@parley/shared/transcript/tool-line";
import type { Tool, ToolBox, ToolCall, ToolRoom } from "../../contracts/tool";
import type { Conversation } from "../replying/conversation";
import type { SessionOutput } from "../session-output";
import type { SessionSettings } from "../settings";
import { requestText } from "./request-text";
import { runTool, type ToolOutcome } from "./tool-run";
import { UseCard } from "./use-card";
import { whenAborted } from "./when-aborted";

/** Tools of one reply, which has the floor or not. */
export type ReplyToolBox = ToolBox & {
  /** The reply has the floor. Idempotent. */
  release(): void;
  /** The reply lost the floor before it had a sound. */
  withhold(): void;
};

/** Gives each reply its tools. */
export type ToolsOfReplies = {
  /** @returns null where there are none */
  forReply(reply: ReplyOfTools): ReplyToolBox | null;
};

/** Reply that may use tools. */
export type ReplyOfTools = {
  replyId: ReplyId;
  conversation: Conversation;
  signal: AbortSignal;
  /** People wait for a tool. */
  onSlow: () => void;
  /** @returns false when the reply has no tokens left for a call of so many characters */
  mayCall: (characters: number) => boolean;
};

export type ReplyToolsOptions = {
  replyId: ReplyId;
  tools: readonly Tool[];
  room: ToolRoom;
  conversation: Conversation;
  output: SessionOutput;
  clock: Clock;
  settings: Pick<SessionSettings, "slowToolMs" | "toolCallsPerReply">;
  /** Aborting it stops what only reads. */
  signal: AbortSignal;
  /** Aborting it stops everything. */
  roomSignal: AbortSignal;
  /** People wait for a tool. */
  onSlow: () => void;
  /** Something was done after its reply was over. */
  onLateResult: () => void;
};

/**
 * Tools of one reply. While it is prepared, tools that read run unseen, and those that act wait; once
 * it has the floor all are shown. When it is cut, reading stops, and acting goes on: what came of it
 * stands in the conversation for the next answer.
 */
export class ReplyTools implements ReplyToolBox {
  readonly offers: readonly Tool[];
  readonly #options: ReplyToolsOptions;
  readonly #gate = new Gate();
  readonly #calls = new Map<string, Promise<string>>();
  readonly #cards: UseCard[] = [];
  #hasActed = false;
  /** Calls that have lasted for long. */
  #slow = 0;

  constructor(options: ReplyToolsOptions) {
    this.offers = options.tools;
    this.#options = options;
    const { signal, conversation, replyId } = options;
    signal.addEventListener("abort", () => {
      conversation.settleToolUses(replyId, this.#hasActed);
    });
  }

  /** The reply has the floor. Idempotent. */
  release(): void {
    this.#gate.open();
    for (const card of this.#cards) card.show();
    if (this.#slow > 0) this.#options.onSlow();
  }

  /** The reply lost the floor before it had a sound. */
  withhold(): void {
    this.#gate.shut();
  }

  async call({ name, input, problem }: ToolCall): Promise<string> {
    const { signal, settings } = this.#options;
    signal.throwIfAborted();
    const tool = this.offers.find((offer) => offer.name === name);
    if (tool === undefined) {
      return `There is no tool ${name}; there are ${this.offers.map((offer) => offer.name).join(", ")}.`;
    }
    if (problem !== null) return `The arguments cannot be used. ${problem}`;
    const key = `${name} ${JSON.stringify(input)}`;
    const earlier = this.#calls.get(key);
    if (earlier !== undefined) return `Called before, with this result: ${await earlier}`;
    if (this.#calls.size >= settings.toolCallsPerReply) {
      return "No more calls in this answer; say what you know.";
    }
    const result = this.#carryOut(tool, input);
    // It may reject while nobody awaits it any more.
    result.catch(() => undefined);
    this.#calls.set(key, result);
    return await result;
  }

  /** @returns text for the model; rejects when the reply is over, whatever becomes of the call */
  async #carryOut(tool: Tool, input: unknown): Promise<string> {
    const { signal } = this.#options;
    if (tool.effect === "acts") {
      await this.#gate.passed(signal);
      this.#hasActed = true;
    }
    const run = this.#run(tool, input);
    const { state, text } = await Promise.race([run, whenAborted(signal)]);
    signal.throwIfAborted();
    return state === "done" ? text : `It failed. ${text}`;
  }

  async #run(tool: Tool, input: unknown): Promise<ToolOutcome> {
    const { output, clock, room, signal, roomSignal } = this.#options;
    const card = new UseCard(output, { title: tool.title, request: requestText(input) });
    this.#cards.push(card);
    if (this.#gate.isOpen) card.show();
    this.#remember(card);
    const watch = this.#watchSlowness();
    const stop = tool.effect === "acts" ? roomSignal : signal;
    const outcome = await runTool(tool, input, { room, clock, signal: stop });
    watch.end();
    if (roomSignal.aborted) return outcome;
    card.settle(outcome.state, outcome.text);
    this.#remember(card);
    if (signal.aborted && tool.effect === "acts") this.#options.onLateResult();
    return outcome;
  }

  #remember({ useId, use }: UseCard): void {
    const { conversation, replyId } = this.#options;
    conversation.noteToolUse(replyId, useId, toolLine(use), use.state === "running");
  }

  #watchSlowness(): { end: () => void } {
    const { clock, settings } = this.#options;
    let isSlow = false;
    const cancel = clock.schedule(settings.slowToolMs, () => {
      isSlow = true;
      this.#slow++;
      if (this.#gate.isOpen) this.#options.onSlow();
    });
    return {
      end: () => {
        cancel();
        if (isSlow) this.#slow--;
      },
    };
  }
}
