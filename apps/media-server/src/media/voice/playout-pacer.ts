import type { Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { ReplyId } from "@parley/shared/protocol/ids";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";
import { fadeOut } from "../../audio/fade";
import { PacingClock } from "./pacing-clock";
import { PlayoutReply } from "./playout-reply";
import { ReplyAudio } from "./reply-audio";

/** Outcome of pushing a frame. */
export type FrameOutcome = "queued" | "late" | "unknown" | "out-of-order" | "overflow";

/** Five frames: ten reports a second. */
const framesPerReport = 5;

/** Limit on queued sound, all replies together: 14 MB of samples. */
const maxQueuedMs = 300_000;

/** Limit on remembered ids of ended replies, by which late frames are recognized as such. */
const rememberedReplies = 256;

export type PacerOptions = {
  clock: Clock;
  speex: Speex;
  /** Called every 20 ms with a frame of 480 samples or less, or null for silence. */
  send: (frame: Int16Array | null, index: number) => void;
  report: (report: PlayoutReport) => void;
};

/**
 * Paces the agent's voice: one frame every 20 ms, silence included, on one absolute schedule.
 * Replies are played one after the other, in the order in which they were opened.
 */
export class PlayoutPacer {
  readonly counts = { late: 0, unknown: 0, outOfOrder: 0, overflow: 0 };
  readonly #options: PacerOptions;
  readonly #pacing: PacingClock;
  readonly #queue: PlayoutReply[] = [];
  readonly #ended = new Set<ReplyId>();
  /** The faded-out frame after a cancel or hold; sent next. */
  #fading: Int16Array | null = null;
  #framesSinceReport = 0;

  constructor(options: PacerOptions) {
    this.#options = options;
    this.#pacing = new PacingClock(options.clock, (index) => {
      this.#tick(index);
    });
  }

  start(): void {
    this.#pacing.start();
  }

  /** Announces a reply; frames of replies that were not announced are refused. */
  open(replyId: ReplyId): void {
    if (this.#ended.has(replyId) || this.#find(replyId) !== undefined) return;
    this.#queue.push(new PlayoutReply(replyId, new ReplyAudio(this.#options.speex)));
  }

  /** @throws AppError `agent-unavailable` when there is no memory to resample the reply */
  push(frame: LinkFrame): FrameOutcome {
    const reply = this.#find(frame.id);
    if (reply === undefined) {
      const isLate = this.#ended.has(frame.id as ReplyId);
      this.counts[isLate ? "late" : "unknown"] += 1;
      return isLate ? "late" : "unknown";
    }
    if (frame.sequence < reply.nextSequence) {
      this.counts.outOfOrder += 1;
      return "out-of-order";
    }
    if (this.queuedMs >= maxQueuedMs) {
      this.counts.overflow += 1;
      return "overflow";
    }
    reply.nextSequence = frame.sequence + 1;
    reply.audio.push(frame.samples, frame.sampleRate);
    return "queued";
  }

  /** Queued sound of all replies, in milliseconds. */
  get queuedMs(): number {
    return this.#queue.reduce((sum, reply) => sum + reply.audio.queuedMs, 0);
  }

  /** Marks the reply's audio as complete: it finishes once it is played. */
  endAudio(replyId: ReplyId): void {
    const reply = this.#find(replyId);
    if (reply === undefined) return;
    reply.audio.end();
    if (reply.audio.isDrained) this.#finish(reply, "finished");
  }

  hold(replyId: ReplyId): void {
    const reply = this.#find(replyId);
    if (reply === undefined || reply.isHeld) return;
    const next = reply.hold();
    if (next !== null) this.#fading = fadeOut(next);
    this.#report(reply.replyId, "held", reply.playedMs);
  }

  /** Lowers the voice within a frame; the reply goes on. */
  duck(replyId: ReplyId): void {
    this.#find(replyId)?.duck();
  }

  resume(replyId: ReplyId): void {
    this.#find(replyId)?.resume();
  }

  /** Drops the reply's frames, queued and late ones. Always reported, once. */
  cancel(replyId: ReplyId): void {
    const reply = this.#find(replyId);
    if (reply === undefined) {
      if (this.#ended.has(replyId)) return;
      this.#remember(replyId);
      this.#report(replyId, "cancelled", 0);
      return;
    }
    const next = reply.ending();
    if (next !== null) this.#fading = fadeOut(next);
    this.#finish(reply, "cancelled");
  }

  cancelAll(): void {
    for (const reply of [...this.#queue]) this.cancel(reply.replyId);
  }

  /** Idempotent; reports nothing. */
  close(): void {
    this.#pacing.stop();
    for (const reply of this.#queue) reply.audio.close();
    this.#queue.length = 0;
  }

  #tick(index: number): void {
    const faded = this.#fading;
    this.#fading = null;
    if (faded !== null) {
      this.#options.send(faded, index);
      return;
    }
    const reply = this.#queue[0];
    const frame = reply?.play() ?? null;
    this.#options.send(frame, index);
    if (reply !== undefined && frame !== null) this.#countFrame(reply);
  }

  #countFrame(reply: PlayoutReply): void {
    if (!reply.hasStarted) {
      reply.hasStarted = true;
      this.#report(reply.replyId, "started", reply.playedMs);
    }
    this.#framesSinceReport += 1;
    if (reply.audio.isDrained) this.#finish(reply, "finished");
    else if (this.#framesSinceReport >= framesPerReport) {
      this.#report(reply.replyId, "progress", reply.playedMs);
    }
  }

  #finish(reply: PlayoutReply, state: "finished" | "cancelled"): void {
    this.#queue.splice(this.#queue.indexOf(reply), 1);
    reply.audio.close();
    this.#remember(reply.replyId);
    this.#report(reply.replyId, state, reply.playedMs);
  }

  #report(replyId: ReplyId, state: PlayoutReport["state"], playedMs: number): void {
    this.#framesSinceReport = 0;
    const atMs = this.#options.clock.now();
    this.#options.report({ type: "playout", replyId, state, playedMs, atMs });
  }

  #remember(replyId: ReplyId): void {
    this.#ended.add(replyId);
    const [oldest] = this.#ended;
    if (this.#ended.size > rememberedReplies && oldest !== undefined) this.#ended.delete(oldest);
  }

  #find(replyId: string): PlayoutReply | undefined {
    return this.#queue.find((reply) => reply.replyId === replyId);
  }
}
