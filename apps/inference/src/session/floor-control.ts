import type { Clock } from "@parley/shared/async/clock";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId } from "@parley/shared/protocol/ids";
import type { AddressBook } from "./address-book";
import { addresseeOf } from "./addressing";
import { contentOf, type AnswerParts } from "./answer-content";
import type { FloorRules } from "./floor-lines";
import { idleFloor, lineEndOf, type FloorEffect, type FloorEvent } from "./floor-state";
import { TranscriptPublisher } from "./hearing/transcript-publisher";
import type { Turn, TurnChange } from "./hearing/turn";
import { mayNudge, nudgeTo } from "./nudging";
import { isQuiet, isSomebodySpeaking } from "./open-turns";
import { OwnSpeech } from "./own-speech";
import { OfferedQuestion } from "./offered-question";
import type { EchoControl } from "./own-voice/echo-control";
import type { Conversation } from "./replying/conversation";
import type { ReplyChange } from "./replying/reply-state";
import { SpeculationTally, type SpeculationCounts } from "./replying/speculation-tally";
import { ReplyInHand, type MakeReply } from "./reply-in-hand";
import type { SessionManner } from "./session-manner";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { stepFloor } from "./step-floor";
import { TypedQuestions } from "./typing/typed-questions";
import type { AgentPhrases } from "./words/agent-phrases";

type EffectOf<Type extends FloorEffect["type"]> = Extract<FloorEffect, { type: Type }>;

/** Carries out what `stepFloor` decides: publishes lines and the agent's state, drives the reply. */
export class FloorControl {
  readonly #conversation: Conversation;
  readonly #nameOf: (memberId: MemberId) => string;
  readonly #reopen: (earlier: Turn) => void;
  readonly #names: () => readonly string[];
  readonly #manner: () => SessionManner;
  readonly #output: SessionOutput;
  readonly #settings: SessionSettings;
  readonly #clock: Clock;
  readonly #addressBook: AddressBook;
  readonly #answers: AnswerParts;
  readonly #nudgeTo: (turn: Turn) => string;
  readonly #echo: Pick<EchoControl, "isSuspected" | "isClear">;
  readonly #transcript: TranscriptPublisher;
  readonly #ownSpeech: OwnSpeech;
  readonly #typed: TypedQuestions;
  readonly #reply: ReplyInHand;
  readonly #speculation = new SpeculationTally();
  #state = idleFloor;
  #waiting: FloorEvent[] = [];
  #isStepping = false;
  /** When the line ended that the present event is about: Unix time, ms. */
  #lineEndedAtMs = 0;
  /** Who asked last, and whom the agent answers. */
  #asker: MemberId | null = null;
  #answered: MemberId | null = null;
  readonly #offered: OfferedQuestion;

  constructor(options: {
    conversation: Conversation;
    makeReply: MakeReply;
    nameOf: (memberId: MemberId) => string;
    /** Lets the turn in hand of the same member go on with an earlier one. */
    reopen: (earlier: Turn) => void;
    /** Names of the agent and of people present. */
    names: () => readonly string[];
    /** Asked anew with each event: it may be changed. */
    manner: () => SessionManner;
    addressBook: AddressBook;
    /** What is known of the agent's own voice in microphones. */
    echo: Pick<EchoControl, "isSuspected" | "isClear">;
    agentName: string;
    /** What the agent says by itself. */
    phrases: () => AgentPhrases;
    output: SessionOutput;
    clock: Clock;
    settings: SessionSettings;
  }) {
    this.#conversation = options.conversation;
    this.#nameOf = options.nameOf;
    this.#reopen = options.reopen;
    this.#names = options.names;
    this.#manner = options.manner;
    this.#output = options.output;
    this.#settings = options.settings;
    this.#clock = options.clock;
    this.#addressBook = options.addressBook;
    this.#answers = options;
    this.#nudgeTo = (turn) => nudgeTo(turn, options.agentName, options.phrases());
    this.#echo = options.echo;
    this.#transcript = new TranscriptPublisher(options.output);
    this.#ownSpeech = new OwnSpeech(options);
    this.#reply = new ReplyInHand({
      makeReply: options.makeReply,
      clock: options.clock,
      onChanged: (change) => {
        this.#replyChanged(change);
      },
    });
    this.#offered = new OfferedQuestion(options.clock, () => {
      this.take({ type: "question-left" });
    });
    this.#typed = new TypedQuestions({
      clock: options.clock,
      settings: options.settings,
      onDue: () => {
        this.take({ type: "typing-due" });
      },
      onRefused: () => {
        this.take({ type: "typing-refused", text: options.phrases().tooMuchTyped });
      },
    });
    this.#output.notice({ type: "agent-state", state: this.#state.agentState });
  }

  get speculation(): SpeculationCounts {
    return this.#speculation.counts;
  }

  /** A reply is heard that the member may mean to interrupt: what they hear is no echo, most likely. */
  mayBeInterruptedBy(memberId: MemberId): boolean {
    const isClear = !this.#ownSpeech.isWarmingUp || this.#echo.isClear(memberId);
    return isClear && this.#reply.heard !== null;
  }

  /** Events that effects give rise to wait until all effects of the step are carried out. */
  take(event: FloorEvent): void {
    this.#waiting.push(event);
    if (this.#isStepping) return;
    this.#isStepping = true;
    const { isWarmingUp } = this.#ownSpeech;
    const spokenDuring = (turn: Turn) => this.#ownSpeech.during(turn);
    const { addressOf } = this.#addressBook;
    const manner = this.#manner();
    const own = { isWarmingUp, echo: this.#echo, spokenDuring, nudgeTo: this.#nudgeTo };
    const rules: FloorRules = { addressOf, ...own, manner };
    const settings = { ...this.#settings, ...rules };
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#lineEndedAtMs = lineEndOf(next) ?? this.#clock.now();
        const { state, effects } = stepFloor(this.#state, next, settings);
        this.#state = state;
        for (const effect of effects) this.#apply(effect);
      }
    } finally {
      this.#isStepping = false;
    }
    this.#watchOffer();
  }

  /** The agent may ask for the end of this turn, whose words lack it. */
  mayNudge(turn: Turn): boolean {
    return mayNudge(this.#state, turn, { addressBook: this.#addressBook, manner: this.#manner() });
  }

  /** Somebody joined. */
  memberJoined(): void {
    this.#ownSpeech.joined();
  }

  turnChanged(change: TurnChange): void {
    const audible = this.#reply.audible(this.#ownSpeech.reachMs(change.turn), this.#names());
    this.take({ type: "turn-changed", change, audible });
  }

  /** A turn is no business of the agent's, whatever it seemed before. */
  turnIgnored(turn: Turn): void {
    if (!this.#state.turns.some(({ turnId }) => turnId === turn.turnId)) return;
    this.turnChanged({ type: "dropped", turn: { ...turn, text: "" } });
  }

  message(memberId: MemberId, text: string): void {
    const address = this.#addressBook.addressOf({ memberId, text, turn: null });
    const mayBeAnswered = address.to === "agent" || address.to === "everyone";
    const isLeft = mayBeAnswered && !this.#typed.accept(memberId);
    this.take({ type: "message-typed", memberId, text, isLeft });
  }

  /** @param replyId null for whichever reply there is; one that is over changes nothing */
  interrupt(replyId: ReplyId | null): void {
    if (replyId !== null && replyId !== this.#reply.current?.replyId) return;
    this.#typed.clear();
    this.take({ type: "interrupt-requested" });
  }

  playout(report: PlayoutReport): void {
    // Reports of a reply that is over may still be under way.
    const reply = this.#reply.current;
    if (report.replyId === reply?.replyId) reply.playout(report);
  }

  /** Cuts the reply and forgets the question: nobody is left to hear it. */
  clear(): void {
    this.#typed.clear();
    this.take({ type: "room-emptied" });
  }

  /** Ends the reply without a notice. Idempotent. */
  close(): void {
    this.#offered.cancel();
    this.#typed.clear();
    this.#reply.close();
  }

  /** While everybody is silent the question to everybody comes due. */
  #watchOffer(): void {
    const { question, turns } = this.#state;
    const isDue = question?.isOffered === true && isQuiet(turns, this.#settings);
    const silentMs = this.#clock.now() - this.#lineEndedAtMs;
    if (isDue) this.#offered.leaveIn(this.#settings.offeredQuestionMs - silentMs);
    else this.#offered.cancel();
  }

  #apply(effect: FloorEffect): void {
    switch (effect.type) {
      case "publish-partial":
      case "publish-final":
      case "retract":
        this.#transcript.show(effect);
        break;
      case "add-line":
        this.#addLine(effect);
        break;
      case "set-aside":
        this.#conversation.setAside();
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
        this.#prepare(effect);
        break;
      case "withdraw-reply":
        this.#reply.withdraw();
        break;
      case "release-reply":
        this.#reply.current?.release(effect.answered);
        break;
      case "withhold-reply":
        this.#reply.current?.withhold();
        break;
      case "duck-reply":
        this.#reply.duck();
        break;
      case "hold-reply":
        this.#reply.hold();
        break;
      case "resume-reply":
        this.#resume(effect.silentSinceMs);
        break;
      case "cancel-reply":
        this.#reply.current?.cancel();
        break;
    }
  }

  /** Lets the reply go on once people have been silent for long enough, unless one speaks then. */
  #resume(silentSinceMs: number | null): void {
    const { resumeSilenceMs } = this.#settings;
    const waitMs = (silentSinceMs ?? -Infinity) + resumeSilenceMs - this.#clock.now();
    this.#reply.resumeIn(waitMs, () => !isSomebodySpeaking(this.#state.turns, this.#settings));
  }

  #addLine({ memberId, text, address, turnId }: EffectOf<"add-line">): void {
    const addressee = addresseeOf(address);
    this.#conversation.addMemberLine(this.#nameOf(memberId), text, addressee, turnId);
    this.#addressBook.said(memberId, address ?? { to: "agent" }, this.#lineEndedAtMs);
    if (addressee !== "others") this.#asker = memberId;
  }

  #prepare(effect: EffectOf<"prepare-reply">): void {
    const content = contentOf(effect, this.#answers);
    if (this.#reply.prepare(content)) this.#speculation.made(effect.pausing.length > 0);
  }

  #replyChanged(change: ReplyChange): void {
    if (change === "begun") {
      this.#speculation.heard(this.#state.question?.turn != null);
      this.#answered = this.#asker;
    }
    if (change === "ended") {
      const { forgottenText } = this.#reply;
      const spokenText = forgottenText ?? this.#conversation.lastReply;
      if (forgottenText === null) this.#addressBook.replied(spokenText, this.#answered);
      this.#ownSpeech.ended(spokenText);
    }
    // What the agent had nothing to say to is settled.
    if (change === "empty" && this.#addressBook.areSeveralPresent) this.#conversation.setAside();
    this.take({ type: "reply-changed", change, unheard: this.#reply.unheard });
    // A reply that was cut for another question is not over yet.
    if (this.#reply.current === null && this.#state.question === null) this.#typed.replied();
  }
}
