import type { Clock } from "@parley/shared/async/clock";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId } from "@parley/shared/protocol/ids";
import { idleFloor, type AudibleReply, type FloorEffect, type FloorEvent } from "./floor-state";
import { TranscriptPublisher } from "./hearing/transcript-publisher";
import type { Turn, TurnChange } from "./hearing/turn";
import { isSomebodySpeaking, type OpenTurns } from "./open-turns";
import type { Conversation } from "./replying/conversation";
import { isSameContent } from "./replying/is-same-content";
import type { Reply } from "./replying/reply";
import type { ReplyContent } from "./replying/reply-clauses";
import { isAudible, type ReplyChange } from "./replying/reply-state";
import { SpeculationTally, type SpeculationCounts } from "./replying/speculation-tally";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { stepFloor } from "./step-floor";

/** Starts to make a reply, unheard. */
type MakeReply = (content: ReplyContent, onChanged: (change: ReplyChange) => void) => Reply;

/** Carries out what `stepFloor` decides: publishes lines and the agent's state, drives the reply. */
export class FloorControl {
  readonly #conversation: Conversation;
  readonly #makeReply: MakeReply;
  readonly #nameOf: (memberId: MemberId) => string;
  readonly #reopen: (earlier: Turn) => void;
  readonly #names: () => readonly string[];
  readonly #clock: Clock;
  readonly #output: SessionOutput;
  readonly #settings: SessionSettings;
  readonly #transcript: TranscriptPublisher;
  readonly #speculation = new SpeculationTally();
  #state = idleFloor;
  #reply: Reply | null = null;
  #cancelResume: (() => void) | null = null;
  /** What the reply says or answers. */
  #content: ReplyContent | null = null;
  #waiting: FloorEvent[] = [];
  #isStepping = false;

  constructor(options: {
    conversation: Conversation;
    makeReply: MakeReply;
    nameOf: (memberId: MemberId) => string;
    /** Lets the turn in hand of the same member go on with an earlier one. */
    reopen: (earlier: Turn) => void;
    /** Names of the agent and of people present. */
    names: () => readonly string[];
    output: SessionOutput;
    clock: Clock;
    settings: SessionSettings;
  }) {
    this.#conversation = options.conversation;
    this.#makeReply = options.makeReply;
    this.#nameOf = options.nameOf;
    this.#reopen = options.reopen;
    this.#names = options.names;
    this.#clock = options.clock;
    this.#output = options.output;
    this.#settings = options.settings;
    this.#transcript = new TranscriptPublisher(options.output);
    this.#output.notice({ type: "agent-state", state: this.#state.agentState });
  }

  get speculation(): SpeculationCounts {
    return this.#speculation.counts;
  }

  /** Speaks first, unless somebody else did. */
  greet(text: string): void {
    const isConversationEmpty = this.#conversation.isEmpty;
    this.#take({ type: "greeting-due", text, isConversationEmpty });
  }

  turnChanged(change: TurnChange): void {
    this.#take({ type: "turn-changed", change, audible: this.#audible() });
  }

  message(memberId: MemberId, text: string): void {
    this.#take({ type: "message-typed", memberId, text });
  }

  /** @param replyId null for whichever reply there is; one that is over changes nothing */
  interrupt(replyId: ReplyId | null): void {
    const isMeant = replyId === null || replyId === this.#reply?.replyId;
    if (isMeant) this.#take({ type: "interrupt-requested" });
  }

  playout(report: PlayoutReport): void {
    // Reports of a reply that is over may still be under way.
    if (report.replyId === this.#reply?.replyId) this.#reply.playout(report);
  }

  /** Cuts the reply and forgets the question: nobody is left to hear it. */
  clear(): void {
    this.#take({ type: "room-emptied" });
  }

  /** Ends the reply without a notice. Idempotent. */
  close(): void {
    this.#cancelResume?.();
    this.#reply?.close();
    this.#reply = null;
  }

  #audible(): AudibleReply | null {
    const reply = this.#reply;
    if (reply === null || !isAudible(reply.state)) return null;
    const { recentText, isEndOfQuestion, playedMs } = reply;
    return { recentText, isEndOfQuestion, playedMs, names: this.#names() };
  }

  /** Events that effects give rise to wait until all effects of the step are carried out. */
  #take(event: FloorEvent): void {
    this.#waiting.push(event);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        const { state, effects } = stepFloor(this.#state, next, this.#settings);
        this.#state = state;
        for (const effect of effects) this.#apply(effect);
      }
    } finally {
      this.#isStepping = false;
    }
  }

  #apply(effect: FloorEffect): void {
    switch (effect.type) {
      case "publish-partial":
        this.#transcript.partial(effect.turn);
        break;
      case "publish-final":
        this.#transcript.final(effect.turn);
        break;
      case "retract":
        this.#transcript.retract(effect.turn);
        break;
      case "add-line":
        this.#conversation.addMemberLine(this.#nameOf(effect.memberId), effect.text);
        break;
      case "take-back-line":
        this.#conversation.takeBackMemberLine(this.#nameOf(effect.memberId), effect.text);
        break;
      case "reopen-turn":
        this.#reopen(effect.earlier);
        break;
      case "set-agent-state":
        this.#output.notice({ type: "agent-state", state: effect.state });
        break;
      case "prepare-reply":
        this.#prepare(effect.pausing, effect.fixedText);
        break;
      case "withdraw-reply":
        this.#withdraw();
        break;
      case "release-reply":
        this.#reply?.release(effect.answered);
        break;
      case "withhold-reply":
        this.#reply?.withhold();
        break;
      case "duck-reply":
        this.#cancelResume?.();
        this.#reply?.duck();
        break;
      case "hold-reply":
        this.#cancelResume?.();
        this.#reply?.hold();
        break;
      case "resume-reply":
        this.#resume(effect.silentSinceMs);
        break;
      case "cancel-reply":
        this.#reply?.cancel();
        break;
    }
  }

  /** Lets the reply go on once people have been silent for long enough, unless one speaks then. */
  #resume(silentSinceMs: number | null): void {
    this.#cancelResume?.();
    const { resumeSilenceMs } = this.#settings;
    const waitMs = (silentSinceMs ?? -Infinity) + resumeSilenceMs - this.#clock.now();
    if (waitMs <= 0) {
      this.#reply?.resume();
      return;
    }
    const reply = this.#reply;
    this.#cancelResume = this.#clock.schedule(waitMs, () => {
      if (!isSomebodySpeaking(this.#state.turns, this.#settings)) reply?.resume();
    });
  }

  #prepare(pausing: OpenTurns, fixedText: string | null): void {
    const tentative = pausing.map(({ memberId, text }) => ({ name: this.#nameOf(memberId), text }));
    const content: ReplyContent =
      fixedText === null
        ? { type: "conversation", messages: this.#conversation.messages(tentative) }
        : { type: "text", text: fixedText };
    const prepared = this.#reply === null ? null : this.#content;
    if (prepared !== null && isSameContent(prepared, content)) return;
    this.#withdraw();
    this.#content = content;
    this.#speculation.made(pausing.length > 0);
    const reply = this.#makeReply(content, (change) => {
      if (this.#reply === reply) this.#replyChanged(change);
    });
    this.#reply = reply;
  }

  #withdraw(): void {
    this.#reply?.cancel();
    this.#reply = null;
  }

  #replyChanged(change: ReplyChange): void {
    if (change === "ended" || change === "empty") this.#reply = null;
    if (change === "begun") this.#speculation.heard(this.#state.question?.turn != null);
    this.#take({ type: "reply-changed", change });
  }
}
