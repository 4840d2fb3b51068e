import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId, TurnId } from "@parley/shared/protocol/ids";
import { AgentStatePublisher } from "./agent-state-publisher";
import { judgeBargeIn } from "./barge-in";
import { TranscriptPublisher } from "./hearing/transcript-publisher";
import type { Turn, TurnChange } from "./hearing/turn";
import { OpenTurns } from "./open-turns";
import type { Conversation } from "./replying/conversation";
import type { Reply } from "./replying/reply";
import type { ReplyContent } from "./replying/reply-clauses";
import { hasBegun, isAudible, type ReplyChange } from "./replying/reply-state";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { isBackchannel, isOnlyStopPhrase } from "./words/backchannel";
import { isEcho } from "./words/echo";

/** The open question that the next reply answers. */
type Question = {
  /** The turn that asked last; null for typed text and greetings. */
  turn: Turn | null;
  /** Text said instead of asking the chat model. */
  fixedText: string | null;
};

/** Starts to make a reply, unheard. */
type PrepareReply = (content: ReplyContent, onChanged: (change: ReplyChange) => void) => Reply;

/**
 * Decides whose the floor is: prepares replies while people pause, lets one be heard when nobody
 * speaks, and takes the floor from the agent when somebody wants it. One reply at a time.
 */
export class Floor {
  readonly #conversation: Conversation;
  readonly #prepareReply: PrepareReply;
  readonly #nameOf: (memberId: MemberId) => string;
  readonly #settings: SessionSettings;
  readonly #transcript: TranscriptPublisher;
  readonly #agentState: AgentStatePublisher;
  readonly #openTurns: OpenTurns;
  /** The turn that cut the last reply off. */
  #interrupter: TurnId | null = null;
  #question: Question | null = null;
  #reply: Reply | null = null;
  /** Content of the reply as JSON: equal for equal conversations. */
  #basis = "";

  constructor(options: {
    conversation: Conversation;
    prepareReply: PrepareReply;
    nameOf: (memberId: MemberId) => string;
    output: SessionOutput;
    settings: SessionSettings;
  }) {
    this.#conversation = options.conversation;
    this.#prepareReply = options.prepareReply;
    this.#nameOf = options.nameOf;
    this.#settings = options.settings;
    this.#openTurns = new OpenTurns(options.settings);
    this.#transcript = new TranscriptPublisher(options.output);
    this.#agentState = new AgentStatePublisher(options.output);
    this.#publishState();
  }

  /** Speaks first, unless somebody else did. */
  greet(text: string): void {
    const isTaken = !this.#openTurns.isEmpty || this.#question !== null || this.#reply !== null;
    if (isTaken || !this.#conversation.isEmpty) return;
    this.#question = { turn: null, fixedText: text };
    this.#advance();
  }

  turnChanged({ type, turn }: TurnChange): void {
    const isOver = type === "closed" || type === "dropped" || type === "abandoned";
    if (isOver) this.#openTurns.remove(turn);
    else this.#openTurns.set(turn);
    switch (type) {
      case "opened":
      case "resumed":
        this.#reply?.withhold();
        // The prepared reply answers half a sentence.
        if (turn.text !== "") this.#withdraw();
        this.#advance();
        break;
      case "continued":
        if (this.#begun !== null) this.#judgeBargeIn();
        else if (this.#openTurns.isNoise(turn)) this.#advance();
        break;
      case "words":
        this.#transcript.partial(turn);
        this.#judgeBargeIn();
        break;
      case "paused":
        // The settled words, which follow, decide.
        break;
      case "settled":
        this.#transcript.partial(turn);
        this.#judgeBargeIn();
        this.#advance();
        break;
      case "closed":
        this.#close(turn);
        this.#judgeBargeIn();
        this.#advance();
        break;
      case "dropped":
      case "abandoned":
        this.#abandon(turn);
        this.#judgeBargeIn();
        this.#advance();
        break;
    }
  }

  /** Typed text: asked at once, and it cuts the reply off. */
  message(memberId: MemberId, text: string): void {
    this.#addLine(memberId, text);
    this.#question = { turn: null, fixedText: null };
    this.#begun?.cancel();
    this.#advance();
  }

  /** @param replyId null for whichever reply there is */
  interrupt(replyId: ReplyId | null): void {
    const isMeant = replyId === null || replyId === this.#reply?.replyId;
    if (isMeant && this.#begun !== null) this.#begun.cancel();
    else if (isMeant) this.#forgetQuestion();
    this.#advance();
  }

  playout(report: PlayoutReport): void {
    // Reports of a reply that is over may still be under way.
    if (report.replyId === this.#reply?.replyId) this.#reply.playout(report);
  }

  /** Cuts the reply and forgets the question: nobody is left to hear it. */
  clear(): void {
    this.interrupt(null);
    this.#forgetQuestion();
    this.#publishState();
  }

  /** Ends the reply without a notice. */
  close(): void {
    this.#reply?.close();
    this.#reply = null;
  }

  /** The reply, once some of it went out. */
  get #begun(): Reply | null {
    return this.#reply !== null && hasBegun(this.#reply.state) ? this.#reply : null;
  }

  /** The reply, while it can be interrupted. */
  get #audible(): Reply | null {
    return this.#reply !== null && isAudible(this.#reply.state) ? this.#reply : null;
  }

  /** Publishes the words of a turn that is over, or retracts them as echo, and asks for an answer. */
  #close(turn: Turn): void {
    const reply = this.#audible;
    const isAside = isBackchannel(turn.text);
    if (reply !== null && !isAside && isEcho(turn.text, reply.recentText)) {
      this.#transcript.retract(turn);
      return;
    }
    this.#transcript.final(turn);
    if (reply === null || !isAside || reply.isEndOfQuestion) this.#ask(turn);
  }

  /** Keeps the words of a turn, unanswered. */
  #abandon(turn: Turn): void {
    if (turn.text === "") {
      this.#transcript.retract(turn);
    } else {
      this.#transcript.final(turn);
      this.#addLine(turn.memberId, turn.text);
    }
  }

  #ask(turn: Turn): void {
    this.#addLine(turn.memberId, turn.text);
    // "Stop!" wants silence, not an answer.
    if (this.#interrupter === turn.turnId && isOnlyStopPhrase(turn.text)) return;
    this.#question = { turn, fixedText: null };
  }

  #addLine(memberId: MemberId, text: string): void {
    this.#conversation.addMemberLine(this.#nameOf(memberId), text);
  }

  /** Prepares or withdraws a reply as the open turns ask, and releases it when the floor is free. */
  #advance(): void {
    this.#prepare();
    this.#publishState();
    if (this.#question === null || this.#begun !== null || !this.#openTurns.isQuiet) return;
    this.#reply?.release(this.#question.turn);
    this.#publishState();
  }

  /** Prepares the reply that answers the conversation as it stands, pausing turns included. */
  #prepare(): void {
    if (this.#begun !== null || this.#openTurns.isSomebodySpeaking) return;
    const pausing = this.#openTurns.pausing.map((turn) => ({
      name: this.#nameOf(turn.memberId),
      text: turn.text,
    }));
    if (this.#question === null && pausing.length === 0) {
      this.#withdraw();
      return;
    }
    const fixedText = pausing.length === 0 ? (this.#question?.fixedText ?? null) : null;
    const content: ReplyContent =
      fixedText === null
        ? { type: "conversation", messages: this.#conversation.messages(pausing) }
        : { type: "text", text: fixedText };
    const basis = JSON.stringify(content);
    if (this.#reply !== null && this.#basis === basis) return;
    this.#withdraw();
    this.#basis = basis;
    this.#reply = this.#prepareReply(content, (change) => {
      this.#replyChanged(change);
    });
  }

  #replyChanged(change: ReplyChange): void {
    switch (change) {
      case "begun":
        this.#question = null;
        this.#interrupter = null;
        break;
      case "heard":
      case "cancelled":
        this.#advance();
        break;
      case "ended":
        this.#reply = null;
        this.#advance();
        break;
      case "empty":
        this.#reply = null;
        this.#question = null;
        this.#publishState();
        break;
    }
  }

  /** Drops the open question, and the reply prepared for it. */
  #forgetQuestion(): void {
    this.#question = null;
    this.#withdraw();
  }

  /** Cancels a reply of which nothing went out yet. */
  #withdraw(): void {
    if (this.#begun !== null) return;
    this.#reply?.cancel();
    this.#reply = null;
  }

  #judgeBargeIn(): void {
    const reply = this.#audible;
    if (reply === null) return;
    let shouldHold = false;
    for (const turn of this.#openTurns) {
      const intrusion = {
        text: turn.text,
        isSpeaking: turn.phase === "speaking",
        isSettled: turn.phase === "settled",
        speechMs: turn.speechMs,
        recentReplyText: reply.recentText,
      };
      const verdict = judgeBargeIn(intrusion, this.#settings);
      if (verdict === "interrupt") {
        this.#interrupter = turn.turnId;
        reply.cancel();
        return;
      }
      shouldHold ||= verdict === "hold";
    }
    if (shouldHold) reply.hold();
    else reply.resume();
  }

  #publishState(): void {
    const isAwaited = this.#question !== null && !this.#openTurns.isSomebodySpeaking;
    this.#agentState.update(this.#reply?.state ?? null, isAwaited);
  }
}
