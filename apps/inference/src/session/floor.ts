import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId, TurnId } from "@parley/shared/protocol/ids";
import { isBackchannel, isOnlyStopPhrase } from "./words/backchannel";
import { judgeBargeIn } from "./barge-in";
import type { Conversation } from "./replying/conversation";
import { isEcho } from "./words/echo";
import { OpenTurns } from "./open-turns";
import type { Reply } from "./replying/reply";
import type { ReplyContent } from "./replying/reply-clauses";
import type { ReplyChange } from "./replying/reply-state";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { TranscriptTeller } from "./hearing/transcript-teller";
import type { Turn } from "./hearing/turn";

/** Something awaits an answer. */
type Question = {
  /** The turn that asked last; null for typed text and greetings. */
  turn: Turn | null;
  /** Said instead of asking the chat model. */
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
  readonly #output: SessionOutput;
  readonly #settings: SessionSettings;
  readonly #transcript: TranscriptTeller;
  readonly #openTurns: OpenTurns;
  /** The turn that cut the last reply off. */
  #interrupter: TurnId | null = null;
  #question: Question | null = null;
  #reply: Reply | null = null;
  /** What the reply says or answers, as text: equal for equal conversations. */
  #basis = "";
  #state: AgentState | null = null;

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
    this.#output = options.output;
    this.#settings = options.settings;
    this.#openTurns = new OpenTurns(options.settings);
    this.#transcript = new TranscriptTeller(options.output);
    this.#publishState();
  }

  /** Speaks first, unless somebody else did. */
  greet(text: string): void {
    const isTaken = !this.#openTurns.isEmpty || this.#question !== null || this.#reply !== null;
    if (isTaken || !this.#conversation.isEmpty) return;
    this.#question = { turn: null, fixedText: text };
    this.#advance();
  }

  turnOpened(turn: Turn): void {
    this.#openTurns.add(turn);
    this.#reply?.withhold();
    this.#advance();
  }

  turnResumed(turn: Turn): void {
    this.#reply?.withhold();
    // What was prepared answers half a sentence.
    if (turn.text !== "") this.#withdraw();
    this.#advance();
  }

  speechContinued(turn: Turn): void {
    if (this.#begun !== null) this.#judgeBargeIn();
    else if (this.#openTurns.isNoise(turn)) this.#advance();
  }

  wordsHeard(turn: Turn): void {
    this.#transcript.partial(turn);
    this.#judgeBargeIn();
  }

  turnPaused(turn: Turn): void {
    this.#transcript.partial(turn);
    this.#judgeBargeIn();
    this.#advance();
  }

  turnClosed(turn: Turn): void {
    this.#openTurns.remove(turn);
    const reply = this.#audible;
    const isAside = isBackchannel(turn.text);
    if (reply !== null && !isAside && isEcho(turn.text, reply.recentText)) {
      this.#transcript.retract(turn);
    } else {
      this.#transcript.final(turn);
      if (reply === null || !isAside || reply.isEndOfQuestion) this.#ask(turn);
    }
    this.#judgeBargeIn();
    this.#advance();
  }

  turnDropped(turn: Turn): void {
    this.#openTurns.remove(turn);
    this.#transcript.retract(turn);
    this.#judgeBargeIn();
    this.#advance();
  }

  /** A speaker left in the middle of a turn: it is kept, but not answered. */
  turnAbandoned(turn: Turn): void {
    this.#openTurns.remove(turn);
    if (turn.text === "") {
      this.#transcript.retract(turn);
    } else {
      this.#transcript.final(turn);
      this.#conversation.addMemberLine(this.#nameOf(turn.memberId), turn.text);
    }
    this.#judgeBargeIn();
    this.#advance();
  }

  /** Typed text: asked at once, and more important than what is being said. */
  message(memberId: MemberId, text: string): void {
    this.#conversation.addMemberLine(this.#nameOf(memberId), text);
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

  /** Nobody is there to hear anything. */
  clear(): void {
    this.interrupt(null);
    this.#forgetQuestion();
    this.#publishState();
  }

  /** Stops everything; nothing is told any more. */
  close(): void {
    this.#reply?.close();
    this.#reply = null;
  }

  /** The reply, if some of it went out: people hear it, or are about to, or just did. */
  get #begun(): Reply | null {
    const phase = this.#reply?.state.phase;
    const isUnheard = phase === "prepared" || phase === "released";
    return isUnheard ? null : this.#reply;
  }

  /** The reply, if it can be interrupted. */
  get #audible(): Reply | null {
    return this.#reply?.state.phase === "cancelling" ? null : this.#begun;
  }

  #ask(turn: Turn): void {
    this.#conversation.addMemberLine(this.#nameOf(turn.memberId), turn.text);
    // "Stop!" wants silence, not an answer.
    if (this.#interrupter === turn.turnId && isOnlyStopPhrase(turn.text)) return;
    this.#question = { turn, fixedText: null };
  }

  /** Brings the agent's side up to date with the people's. */
  #advance(): void {
    this.#prepare();
    this.#publishState();
    if (this.#question === null || this.#begun !== null || !this.#openTurns.isQuiet) return;
    this.#reply?.release(this.#question.turn);
    this.#publishState();
  }

  /** Starts the reply that the conversation, as it stands, calls for. */
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

  /** Nothing awaits an answer any more. */
  #forgetQuestion(): void {
    this.#question = null;
    this.#withdraw();
  }

  /** Takes back a reply of which nothing went out yet. */
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
      const intrusion = { ...turn, recentReplyText: reply.recentText };
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
    const state = this.#agentState();
    if (state === this.#state) return;
    this.#state = state;
    this.#output.notice({ type: "agent-state", state });
  }

  #agentState(): AgentState {
    const reply = this.#reply?.state;
    switch (reply?.phase) {
      case "playing":
      case "held":
        return reply.isHeard ? "speaking" : "thinking";
      case "cancelling":
        return "listening";
      default: {
        const isAwaited = this.#question !== null && !this.#openTurns.isSomebodySpeaking;
        return isAwaited ? "thinking" : "listening";
      }
    }
  }
}
