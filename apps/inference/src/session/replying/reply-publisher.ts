import { toWireError } from "@parley/shared/errors";
import type { ReplyId, TurnId } from "@parley/shared/protocol/ids";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import type { ChatFailureReason, TokenUsage } from "../../contracts/chat-model";
import type { SessionOutput } from "../session-output";
import type { Conversation } from "./conversation";
import type { ClauseSpan } from "./heard-text";
import type { ReplyStep } from "./reply-progress";
import type { ReplyRequest } from "./reply-request";

/** Publishes one reply: to the room, and as a line of the conversation that the chat model sees. */
export class ReplyPublisher {
  readonly #replyId: ReplyId;
  readonly #conversation: Conversation;
  readonly #output: SessionOutput;
  #heard = "";
  #revision = 0;
  #hasBegun = false;
  #isReleased = false;
  #isLimited = false;

  constructor(options: { replyId: ReplyId; conversation: Conversation; output: SessionOutput }) {
    this.#replyId = options.replyId;
    this.#conversation = options.conversation;
    this.#output = options.output;
  }

  /** Its first sound has gone out. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** @param turnId the turn that it answers; null for typed text and greetings */
  released(turnId: TurnId | null, request: ReplyRequest | null): void {
    this.#isReleased = true;
    this.#tell({ type: "released", turnId, request });
    if (this.#isLimited) this.#tell({ type: "limited" });
  }

  /** @param spans all so far, the last ones before their sound */
  clauses(spans: readonly ClauseSpan[]): void {
    this.#tell({ type: "clauses", spans });
  }

  used(usage: TokenUsage): void {
    this.#tell({ type: "usage", usage });
  }

  /** No tokens are left; told once it has the floor. */
  limited(): void {
    this.#isLimited = true;
    if (this.#isReleased) this.#tell({ type: "limited" });
  }

  /** @param reason null when it was the voice that failed */
  failed(reason: ChatFailureReason | null): void {
    this.#tell({ type: "failed", reason });
  }

  /** Nothing of it was heard, and nothing will be. */
  over(): void {
    this.#tell({ type: "over" });
  }

  /** @param turnId the turn that it answers; null for typed text and greetings */
  begin(turnId: TurnId | null): void {
    this.#hasBegun = true;
    this.#conversation.startReply(this.#replyId);
    this.#output.notice({ type: "reply-start", replyId: this.#replyId, turnId });
  }

  /** Tells the pacer. */
  control(type: "duck" | "hold" | "resume" | "cancel"): void {
    this.#output.notice({ type: `reply-${type}`, replyId: this.#replyId });
  }

  endSound(totalMs: number): void {
    this.#output.notice({ type: "reply-audio-end", replyId: this.#replyId, totalMs });
  }

  /** @param text what was heard so far; published when it changed */
  heard(text: string): void {
    if (text === this.#heard) return;
    this.#heard = text;
    this.#conversation.hearReply(this.#replyId, text);
    const revision = this.#revision++;
    this.#output.notice({ type: "reply-spoken", replyId: this.#replyId, revision, text });
  }

  /** @param text what was heard in all */
  end(text: string, isInterrupted: boolean): void {
    this.#conversation.endReply(this.#replyId, text, isInterrupted);
    this.#output.notice({ type: "reply-end", replyId: this.#replyId, text, isInterrupted });
  }

  timings(timings: Omit<TurnTimings, "replyId">): void {
    const replyId = this.#replyId;
    this.#output.notice({ type: "turn-timings", timings: { ...timings, replyId } });
  }

  error(error: Error): void {
    this.#output.notice({ type: "error", error: toWireError(error) });
  }

  #tell(step: WithoutId<ReplyStep>): void {
    this.#output.replyProgress?.({ replyId: this.#replyId, ...step });
  }
}

type WithoutId<Step> = Step extends unknown ? Omit<Step, "replyId"> : never;
