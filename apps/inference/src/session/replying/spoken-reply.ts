import type { Clock } from "@parley/shared/async/clock";
import type { LinkNotice, PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { ReplyId } from "@parley/shared/protocol/ids";
import type { Conversation } from "./conversation";
import { heardText } from "./heard-text";
import type { Replier } from "./replier";
import type { SessionOutput } from "../session-output";
import type { SessionSettings } from "../settings";
import type { Turn } from "../hearing/turn";

/** How far back an echo of the agent's own voice may come from, and how far ahead of reports. */
const echoWindowMs = { before: 2_000, after: 400 };

export type SpokenReplyOptions = {
  replier: Replier;
  /** The turn that it answers; null for typed text and greetings. */
  turn: Turn | null;
  conversation: Conversation;
  output: SessionOutput;
  clock: Clock;
  settings: SessionSettings;
  /** Hz */
  sampleRate: number;
  /** Its phase changed. */
  onChanged: () => void;
};

/** One reply on its way to being heard, from its first audio to its end. */
export class SpokenReply {
  readonly #replier: Replier;
  readonly #turn: Turn | null;
  readonly #conversation: Conversation;
  readonly #output: SessionOutput;
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  readonly #sampleRate: number;
  readonly #onChanged: () => void;
  #phase: "starting" | "playing" | "cancelling" | "ended" = "starting";
  #isHeld = false;
  #playedMs = 0;
  #sentMs = 0;
  #totalMs: number | null = null;
  #sequence = 0;
  #revision = 0;
  #heard = "";
  #cancelTimer: (() => void) | null = null;

  constructor(options: SpokenReplyOptions) {
    this.#replier = options.replier;
    this.#turn = options.turn;
    this.#conversation = options.conversation;
    this.#output = options.output;
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#sampleRate = options.sampleRate;
    this.#onChanged = options.onChanged;
    this.#conversation.startReply(this.replyId);
    this.#notify({
      type: "reply-start",
      replyId: this.replyId,
      turnId: this.#turn?.turnId ?? null,
    });
    this.#watchPlayout();
  }

  get replyId(): ReplyId {
    return this.#replier.replyId;
  }

  /** Heard by people right now, or ducked. */
  get isPlaying(): boolean {
    return this.#phase === "playing";
  }

  get isEnded(): boolean {
    return this.#phase === "ended";
  }

  /** Cut off; it only waits to learn how much was heard. */
  get isCancelling(): boolean {
    return this.#phase === "cancelling";
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** What the agent said in the last moments, with what may already be in the air. */
  get recentText(): string {
    const fromMs = this.#playedMs - echoWindowMs.before;
    const toMs = this.#playedMs + echoWindowMs.after;
    const spans = this.#replier.spans.filter((span) => (span.endMs ?? Infinity) >= fromMs);
    return heardText(spans, toMs);
  }

  /** A question of the agent's is nearly out: whoever speaks now answers it. */
  get isEndOfQuestion(): boolean {
    if (this.#totalMs === null) return false;
    const isQuestion = /[?？]["'”’)*_]*$/u.test(this.#replier.spans.at(-1)?.text ?? "");
    return isQuestion && this.#totalMs - this.#playedMs <= this.#settings.answerOverlapMs;
  }

  sendAudio(samples: Int16Array, offsetMs: number): void {
    if (this.#phase === "cancelling" || this.#phase === "ended") return;
    const frameSamples = Math.round((this.#sampleRate * this.#settings.replyFrameMs) / 1_000);
    for (let at = 0; at < samples.length; at += frameSamples) {
      this.#output.replyAudio({
        kind: "reply",
        id: this.replyId,
        sequence: this.#sequence++,
        sampleRate: this.#sampleRate,
        stampMs: offsetMs + (at * 1_000) / this.#sampleRate,
        samples: samples.subarray(at, at + frameSamples),
      });
    }
    this.#sentMs = offsetMs + (samples.length * 1_000) / this.#sampleRate;
  }

  endAudio(totalMs: number): void {
    if (this.#phase === "cancelling" || this.#phase === "ended") return;
    this.#totalMs = totalMs;
    this.#notify({ type: "reply-audio-end", replyId: this.replyId, totalMs });
  }

  hold(): void {
    if (this.#isHeld || this.#phase === "cancelling" || this.#phase === "ended") return;
    this.#isHeld = true;
    this.#notify({ type: "reply-hold", replyId: this.replyId });
  }

  resume(): void {
    if (!this.#isHeld || this.#phase === "cancelling" || this.#phase === "ended") return;
    this.#isHeld = false;
    this.#notify({ type: "reply-resume", replyId: this.replyId });
    this.#watchPlayout();
  }

  /** Cuts the reply off: nothing of it is made or sent any more. Idempotent. */
  cancel(): void {
    if (this.#phase === "cancelling" || this.#phase === "ended") return;
    this.#phase = "cancelling";
    this.#replier.abort();
    this.#notify({ type: "reply-cancel", replyId: this.replyId });
    // The pacer tells how much was heard; if it does not, its last report has to do.
    this.#setTimer(this.#settings.cancelTimeoutMs, () => {
      this.#end(true);
    });
    this.#onChanged();
  }

  /** Ends it without a word to anybody. */
  close(): void {
    this.#phase = "ended";
    this.#cancelTimer?.();
    this.#replier.abort();
  }

  playout(report: PlayoutReport): void {
    if (this.#phase === "ended") return;
    this.#playedMs = Math.max(this.#playedMs, report.playedMs);
    if (report.state === "cancelled") {
      this.#end(true);
    } else if (report.state === "finished") {
      this.#end(false);
    } else if (this.#phase !== "cancelling") {
      this.#play(report);
    }
  }

  #play(report: PlayoutReport): void {
    this.#replier.playedTo(this.#playedMs);
    this.#watchPlayout();
    if (this.#phase === "starting") {
      this.#phase = "playing";
      this.#tellTimings(report.atMs);
      this.#onChanged();
    }
    const heard = heardText(this.#replier.spans, this.#playedMs);
    if (heard === this.#heard) return;
    this.#heard = heard;
    this.#conversation.hearReply(this.replyId, heard);
    this.#notify({
      type: "reply-spoken",
      replyId: this.replyId,
      revision: this.#revision++,
      text: heard,
    });
  }

  /** A pacer that went silent must not leave the agent speaking for ever. */
  #watchPlayout(): void {
    this.#setTimer(this.#settings.stalledPlayoutMs, () => {
      // While it is ducked, or waits for more to be made, silence of the pacer is no fault.
      const waitsForAudio = this.#totalMs === null && this.#playedMs >= this.#sentMs - 200;
      if (this.#isHeld || waitsForAudio) this.#watchPlayout();
      else this.cancel();
    });
  }

  #setTimer(ms: number, callback: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.schedule(ms, callback);
  }

  #end(isInterrupted: boolean): void {
    this.#phase = "ended";
    this.#cancelTimer?.();
    // Also when all was made: its signal must not stay tied to the session's.
    this.#replier.abort();
    const heardMs = isInterrupted ? this.#playedMs : Infinity;
    const text = heardText(this.#replier.spans, heardMs);
    this.#conversation.endReply(this.replyId, text, isInterrupted);
    this.#notify({ type: "reply-end", replyId: this.replyId, text, isInterrupted });
    this.#onChanged();
  }

  #tellTimings(playoutStartedAtMs: number): void {
    if (this.#turn === null) return;
    const { turnId, memberId, speechEndedAtMs, vadStoppedAtMs } = this.#turn;
    const { transcriptFinalAtMs, turnDecidedAtMs } = this.#turn;
    this.#notify({
      type: "turn-timings",
      timings: {
        turnId,
        replyId: this.replyId,
        memberId,
        speechEndedAtMs,
        vadStoppedAtMs,
        transcriptFinalAtMs,
        turnDecidedAtMs,
        ...this.#replier.stamps,
        playoutStartedAtMs,
      },
    });
  }

  #notify(notice: LinkNotice): void {
    this.#output.notice(notice);
  }
}
