import { toWireError } from "@parley/shared/errors";
import type { ReplyId, TurnId } from "@parley/shared/protocol/ids";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import type { SessionOutput } from "../session-output";
import type { Conversation } from "./conversation";

/** Publishes one reply: to the room, and as a line of the conversation that the chat model sees. */
export class ReplyPublisher {
  readonly #replyId: ReplyId;
  readonly #conversation: Conversation;
  readonly #output: SessionOutput;
  #heard = "";
  #revision = 0;

  constructor(options: { replyId: ReplyId; conversation: Conversation; output: SessionOutput }) {
    this.#replyId = options.replyId;
    this.#conversation = options.conversation;
    this.#output = options.output;
  }

  /** @param turnId the turn that it answers; null for typed text and greetings */
  begin(turnId: TurnId | null): void {
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
}
