import { childController } from "@parley/shared/async/abort";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { noReplyStamps, type ReplyStamp, type ReplyStamps } from "../turn-stamps";
import type { ChatFailureReason } from "../../contracts/chat-model";
import { heardText, recentText, unheardText } from "./heard-text";
import type { ReplyClauses } from "./reply-clauses";
import { ReplyFailures } from "./reply-failures";
import type { ReplyFrames } from "./reply-frames";
import type { ReplyLimit } from "./reply-limit";
import { ReplyPublisher } from "./reply-publisher";
import {
  replyClauses,
  replyFrames,
  replyLimit,
  replySound,
  requestOf,
  type AnsweredTurn,
  type ReplyOptions,
} from "./reply-parts";
import type { ReplySound } from "./reply-sound";
import type { ReplyToolBox } from "../tools/reply-tools";
import {
  hasBegun,
  preparedReply,
  type ReplyEffect,
  type ReplyEvent,
  type ReplyState,
} from "./reply-state";
import { stepReply } from "./step-reply";

/**
 * One reply, from the question to the last word heard. Made at once and unheard, it leaves only
 * once it is released; `stepReply` decides, this carries out.
 */
export class Reply {
  readonly replyId = newId<ReplyId>();
  readonly #options: ReplyOptions;
  readonly #controller: AbortController;
  readonly #tools: ReplyToolBox | null;
  readonly #clauses: ReplyClauses;
  readonly #limit: ReplyLimit;
  #sound: ReplySound;
  #soundController: AbortController;
  readonly #frames: ReplyFrames;
  readonly #publisher: ReplyPublisher;
  readonly #stamps: ReplyStamps = { ...noReplyStamps };
  #state = preparedReply;
  #answered: AnsweredTurn | null = null;
  #unsent: Int16Array[] = [];
  readonly #failures = new ReplyFailures();
  #heardText = "";
  #cancelWait: (() => void) | null = null;

  constructor(options: ReplyOptions) {
    this.#options = options;
    const { signal } = (this.#controller = childController(options.signal));
    const { replyId } = this;
    const { conversation, output } = options;
    this.#publisher = new ReplyPublisher({ replyId, conversation, output });
    this.#frames = replyFrames(options, replyId);
    const onSlow = () => {
      this.#clauses.fill();
    };
    this.#limit = replyLimit(options, { signal, publisher: this.#publisher });
    const ofTools = { replyId, conversation, signal, onSlow, mayCall: this.#limit.mayCall };
    this.#tools = options.tools?.forReply(ofTools) ?? null;
    this.#clauses = this.#ask();
    this.#soundController = childController(signal);
    this.#sound = this.#speak();
  }

  /** Phase of the reply; each state is a snapshot. */
  get state(): ReplyState {
    return this.#state;
  }

  /**
   * Text of the last moments, with what may be on its way already: an echo would hold it.
   *
   * @param reachMs how much further back the echo may have begun
   */
  recentText(reachMs = 0): string {
    return recentText(this.#sound.spans, this.#sound.playedMs, reachMs);
  }

  /** Text of a reply that was cut off, from the first word on that was not heard to its end. */
  get unheardText(): string {
    return unheardText(this.#clauses.written, this.#heardText);
  }

  /** Sound of it that was played, by the last report, ms. */
  get playedMs(): number {
    return this.#sound.playedMs;
  }

  /** True near the end of a question of the agent's: speech now is its answer. */
  get isEndOfQuestion(): boolean {
    return this.#sound.isEndOfQuestion;
  }

  /**
   * Lets the reply be heard, from its beginning.
   *
   * @param answered null for typed text and greetings
   */
  release(answered: AnsweredTurn | null): void {
    if (this.#state.phase === "prepared") {
      this.#answered = answered;
      this.#publisher.released(answered?.turnId ?? null, requestOf(this.#options));
    }
    // Before the reply is announced: what was looked up for it stands above it.
    this.#tools?.release();
    this.#take({ type: "released" });
  }

  /** Takes the release back, unless its first sound is out. */
  withhold(): void {
    this.#take({ type: "withheld" });
    this.#tools?.withhold();
  }

  /** Lets the pacer go on at low volume. */
  duck(): void {
    this.#take({ type: "ducked" });
  }

  /** Lets the pacer fade out and keep its position. */
  hold(): void {
    this.#take({ type: "held" });
  }

  /** Lets a held reply go on from its position. */
  resume(): void {
    this.#take({ type: "resumed" });
  }

  /** Cuts the reply off, or withdraws it without a word if nothing went out yet. Idempotent. */
  cancel(): void {
    this.#take({ type: "cancelled" });
  }

  /** Ends the reply without a notice. Idempotent. */
  close(): void {
    this.#take({ type: "closed" });
  }

  /** @param report of this reply */
  playout(report: PlayoutReport): void {
    this.#sound.playedTo(report.playedMs);
    if (report.state === "finished" || report.state === "cancelled") {
      this.#take({ type: "acknowledged", isInterrupted: report.state === "cancelled" });
    } else {
      this.#take({ type: "played", atMs: report.atMs });
    }
  }

  /** Starts the chat request. */
  #ask(): ReplyClauses {
    return replyClauses(this.#options, {
      signal: this.#limit.chatSignal,
      tools: this.#tools,
      stamp: this.#stamp,
      isStarved: () => this.#sound.isStarved,
      onFailed: this.#fail,
      onRetracted: () => this.#retract(),
      onUsage: (usage) => {
        this.#publisher.used(usage);
      },
    });
  }

  #speak(): ReplySound {
    return replySound(this.#options, {
      clauses: this.#clauses,
      tools: this.#tools,
      signal: this.#soundController.signal,
      stamp: this.#stamp,
      limit: this.#limit,
      onFailed: this.#fail,
      onSound: (samples) => {
        this.#unsent.push(samples);
        this.#take({ type: "sound-made" });
      },
      onEnded: () => {
        this.#take({ type: "synthesis-ended" });
      },
    });
  }

  readonly #stamp = (step: ReplyStamp) => {
    this.#stamps[step] ??= this.#options.clock.now();
  };

  readonly #fail = (error: Error, reason: ChatFailureReason | null = null) => {
    this.#failures.add(error, reason);
    this.#take({ type: "failed" });
  };

  /**
   * Throws away what was made of reasoning that nothing had marked; of what is out already, the text.
   *
   * @returns whether the synthesis began anew
   */
  #retract(): boolean {
    if (this.#state.phase === "ended") return false;
    if (hasBegun(this.#state)) {
      this.#sound.forgetText();
      return false;
    }
    this.#soundController.abort();
    this.#unsent = [];
    this.#take({ type: "sound-withdrawn" });
    this.#soundController = childController(this.#controller.signal);
    this.#limit.renew();
    this.#sound = this.#speak();
    return true;
  }

  #take(event: ReplyEvent): void {
    const { state, effects } = stepReply(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#apply(effect);
  }

  #apply(effect: ReplyEffect): void {
    const { settings, onChanged } = this.#options;
    switch (effect.type) {
      case "lead":
        this.#sound.setLead(settings[effect.by]);
        break;
      case "report-failures":
        this.#failures.report(this.#publisher, this.#options.failures);
        break;
      case "begin":
        this.#publisher.begin(this.#answered?.turnId ?? null);
        break;
      case "send":
        this.#publisher.clauses(this.#sound.spans);
        for (const samples of this.#unsent.splice(0)) this.#frames.send(samples);
        break;
      case "end-sound":
        this.#publisher.endSound(this.#sound.madeMs);
        break;
      case "duck":
      case "hold":
      case "resume":
      case "cancel":
        this.#publisher.control(effect.type);
        break;
      case "wait":
        this.#wait(settings[effect.for]);
        break;
      case "publish-timings":
        this.#publishTimings(effect.playoutStartedAtMs);
        break;
      case "publish-heard":
        this.#publisher.heard(heardText(this.#sound.spans, this.#sound.playedMs));
        break;
      case "stop":
        this.#stop();
        break;
      case "end":
        this.#end(effect.isInterrupted);
        break;
      case "tell":
        onChanged(effect.change);
        break;
    }
  }

  #wait(ms: number): void {
    this.#cancelWait?.();
    this.#cancelWait = this.#options.clock.schedule(ms, () => {
      this.#take({ type: "wait-over", isStarved: this.#sound.isStarved });
    });
  }

  #publishTimings(playoutStartedAtMs: number): void {
    if (this.#answered === null) return;
    const { turnId, memberId } = this.#answered;
    const ofTurn = this.#options.turnStamps.of(turnId);
    const stamps = { ...ofTurn, ...this.#stamps, playoutStartedAtMs };
    this.#publisher.timings({ turnId, memberId, ...stamps });
  }

  #stop(): void {
    if (!this.#publisher.hasBegun) this.#publisher.over();
    this.#cancelWait?.();
    this.#unsent = [];
    this.#controller.abort();
  }

  #end(isInterrupted: boolean): void {
    const { content, failures } = this.#options;
    if (this.#failures.reason === null && content.type === "conversation") failures.recovered();
    this.#heardText = heardText(this.#sound.spans, isInterrupted ? this.#sound.playedMs : Infinity);
    this.#publisher.end(this.#heardText, isInterrupted);
  }
}
