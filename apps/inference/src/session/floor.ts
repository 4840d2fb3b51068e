import { toWireError } from "@parley/shared/errors";
import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId, TurnId } from "@parley/shared/protocol/ids";
import { isBackchannel, isOnlyStopPhrase } from "./words/backchannel";
import { judgeBargeIn } from "./barge-in";
import type { Conversation } from "./replying/conversation";
import { isEcho } from "./words/echo";
import { OpenTurns } from "./open-turns";
import type { PreparedReply, ReplyMaker } from "./replying/reply-maker";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import type { SpokenReply } from "./replying/spoken-reply";
import { TranscriptTeller } from "./hearing/transcript-teller";
import type { Turn } from "./hearing/turn";

/** Something awaits an answer. */
type Question = {
  /** The turn that asked last; null for typed text and greetings. */
  turn: Turn | null;
  /** Said instead of asking the chat model. */
  fixedText: string | null;
};

/**
 * Decides whose the floor is: prepares replies while people pause, lets one be heard when nobody
 * speaks, and takes the floor from the agent when somebody wants it. One reply at a time.
 */
export class Floor {
  readonly #conversation: Conversation;
  readonly #maker: ReplyMaker;
  readonly #nameOf: (memberId: MemberId) => string;
  readonly #output: SessionOutput;
  readonly #settings: SessionSettings;
  readonly #transcript: TranscriptTeller;
  readonly #openTurns: OpenTurns;
  /** The turn that cut the last reply off. */
  #interrupter: TurnId | null = null;
  #question: Question | null = null;
  #prepared: PreparedReply | null = null;
  #reply: SpokenReply | null = null;
  #state: AgentState | null = null;

  constructor(options: {
    conversation: Conversation;
    maker: ReplyMaker;
    nameOf: (memberId: MemberId) => string;
    output: SessionOutput;
    settings: SessionSettings;
  }) {
    this.#conversation = options.conversation;
    this.#maker = options.maker;
    this.#nameOf = options.nameOf;
    this.#output = options.output;
    this.#settings = options.settings;
    this.#openTurns = new OpenTurns(options.settings);
    this.#transcript = new TranscriptTeller(options.output);
    this.#tellState();
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
    this.#withhold();
    this.#advance();
  }

  turnResumed(turn: Turn): void {
    this.#withhold();
    // What was prepared answers half a sentence.
    if (turn.text !== "") this.#discardPrepared();
    this.#advance();
  }

  speechContinued(turn: Turn): void {
    if (this.#reply !== null) this.#judgeIntrusions();
    else if (this.#openTurns.isNoise(turn)) this.#advance();
  }

  wordsHeard(turn: Turn): void {
    this.#transcript.partial(turn);
    this.#judgeIntrusions();
  }

  turnPaused(turn: Turn): void {
    this.#transcript.partial(turn);
    this.#judgeIntrusions();
    this.#advance();
  }

  turnClosed(turn: Turn): void {
    this.#openTurns.remove(turn);
    const reply = this.#reply?.isCancelling === false ? this.#reply : null;
    const isAside = isBackchannel(turn.text);
    if (reply !== null && !isAside && isEcho(turn.text, reply.recentText)) {
      this.#transcript.retract(turn);
    } else {
      this.#transcript.final(turn);
      if (reply === null || !isAside || reply.isEndOfQuestion) this.#ask(turn);
    }
    this.#judgeIntrusions();
    this.#advance();
  }

  turnDropped(turn: Turn): void {
    this.#openTurns.remove(turn);
    this.#transcript.retract(turn);
    this.#judgeIntrusions();
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
    this.#judgeIntrusions();
    this.#advance();
  }

  /** Typed text: asked at once, and more important than what is being said. */
  message(memberId: MemberId, text: string): void {
    this.#conversation.addMemberLine(this.#nameOf(memberId), text);
    this.#question = { turn: null, fixedText: null };
    this.#reply?.cancel();
    this.#advance();
  }

  /** @param replyId null for whichever reply there is */
  interrupt(replyId: ReplyId | null): void {
    if (this.#reply !== null) {
      if (replyId === null || replyId === this.#reply.replyId) this.#reply.cancel();
    } else if (replyId === null || replyId === this.#prepared?.replier.replyId) {
      this.#question = null;
      this.#discardPrepared();
    }
    this.#advance();
  }

  playout(report: PlayoutReport): void {
    // Reports of a reply that is over may still be under way.
    if (report.replyId === this.#reply?.replyId) this.#reply.playout(report);
  }

  /** Nobody is there to hear anything. */
  clear(): void {
    this.interrupt(null);
    this.#question = null;
    this.#discardPrepared();
    this.#tellState();
  }

  /** Stops everything; nothing is told any more. */
  close(): void {
    this.#discardPrepared();
    this.#reply?.close();
    this.#reply = null;
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
    const isFree = this.#question !== null && this.#reply === null && this.#openTurns.isQuiet;
    this.#tellState();
    if (isFree && this.#prepared?.isReleased === false) this.#release(this.#prepared);
    this.#tellState();
  }

  /** Starts the reply that the conversation, as it stands, calls for. */
  #prepare(): void {
    if (this.#reply !== null || this.#openTurns.isSomebodySpeaking) return;
    const pausing = this.#openTurns.pausing.map((turn) => ({
      name: this.#nameOf(turn.memberId),
      text: turn.text,
    }));
    if (this.#question === null && pausing.length === 0) {
      this.#discardPrepared();
      return;
    }
    const fixedText = pausing.length === 0 ? (this.#question?.fixedText ?? null) : null;
    const messages = this.#conversation.messages(pausing);
    const basis = JSON.stringify(fixedText ?? messages);
    if (this.#prepared?.basis === basis) return;
    this.#discardPrepared();
    this.#prepared =
      fixedText === null ? this.#maker.answer(basis, messages) : this.#maker.say(basis, fixedText);
  }

  #release(prepared: PreparedReply): void {
    let reply: SpokenReply | null = null;
    prepared.isReleased = true;
    prepared.replier.release({
      onAudio: (samples, offsetMs) => {
        reply ??= this.#startReply(prepared);
        reply.sendAudio(samples, offsetMs);
      },
      onAudioEnd: (totalMs) => {
        if (reply === null) this.#giveUp(prepared);
        else reply.endAudio(totalMs);
      },
      onFailed: (error) => {
        this.#output.notice({ type: "error", error: toWireError(error) });
      },
    });
  }

  #startReply(prepared: PreparedReply): SpokenReply {
    const reply = this.#maker.begin(prepared, {
      turn: this.#question?.turn ?? null,
      conversation: this.#conversation,
      output: this.#output,
      onChanged: () => {
        if (reply.isEnded && this.#reply === reply) this.#reply = null;
        this.#advance();
      },
    });
    this.#reply = reply;
    this.#prepared = null;
    this.#question = null;
    this.#interrupter = null;
    return reply;
  }

  /** The reply held nothing to say. */
  #giveUp(prepared: PreparedReply): void {
    if (this.#prepared !== prepared) return;
    this.#discardPrepared();
    this.#question = null;
    this.#tellState();
  }

  /** Somebody began to speak before the reply was heard: it waits, and is perhaps for nothing. */
  #withhold(): void {
    if (this.#prepared === null) return;
    this.#prepared.replier.withhold();
    this.#prepared.isReleased = false;
  }

  #discardPrepared(): void {
    this.#prepared?.replier.abort();
    this.#prepared = null;
  }

  #judgeIntrusions(): void {
    const reply = this.#reply;
    if (reply === null || reply.isCancelling) return;
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

  #tellState(): void {
    const state = this.#currentState();
    if (state === this.#state) return;
    this.#state = state;
    this.#output.notice({ type: "agent-state", state });
  }

  #currentState(): AgentState {
    if (this.#reply !== null) {
      if (this.#reply.isPlaying) return "speaking";
      return this.#reply.isCancelling ? "listening" : "thinking";
    }
    const isAwaited = this.#question !== null && !this.#openTurns.isSomebodySpeaking;
    return isAwaited ? "thinking" : "listening";
  }
}
