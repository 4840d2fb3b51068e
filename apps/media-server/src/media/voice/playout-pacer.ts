import type { Clock } from "@parley/shared/async/clock";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { ReplyId } from "@parley/shared/protocol/ids";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";
import { fadeOut } from "../../audio/fade";
import type { ResamplerPool } from "../../audio/stream-resampler";
import { PacingClock } from "./pacing-clock";
import { PlayoutReply } from "./playout-reply";
import { ReplyAudio } from "./reply-audio";

/** What became of a frame that was handed over. */
export type FrameOutcome = "queued" | "late" | "unknown" | "out-of-order" | "overflow";

/** Five frames: ten reports a second. */
const framesPerReport = 5;

/** Far more than anybody listens to in one go; 14 MB of samples. */
const maxQueuedMs = 300_000;

/** Replies that are over are remembered, so that their late frames are known as such. */
const rememberedReplies = 256;

export type PacerOptions = {
  clock: Clock;
  resamplers: ResamplerPool;
  /** Called every 20 ms with a frame of 480 samples or less, or null for silence. */
  send: (frame: Int16Array | null, index: number) => void;
  report: (report: PlayoutReport) => void;
};

/**
 * The agent's voice in time. Every 20 ms something goes out, silence included, on one absolute
 * schedule; replies are played one after the other in the order in which they began.
 */
export class PlayoutPacer {
  readonly counts = { late: 0, unknown: 0, outOfOrder: 0, overflow: 0 };
  readonly #options: PacerOptions;
  readonly #pacing: PacingClock;
  readonly #queue: PlayoutReply[] = [];
  readonly #over = new Set<ReplyId>();
  /** The faded end of what was just cut or held. */
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
    if (this.#over.has(replyId) || this.#find(replyId) !== undefined) return;
    this.#queue.push(new PlayoutReply(replyId, new ReplyAudio(this.#options.resamplers)));
  }

  push(frame: LinkFrame): FrameOutcome {
    const reply = this.#find(frame.id);
    if (reply === undefined) {
      const isLate = this.#over.has(frame.id as ReplyId);
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

  /** Sound that waits to be played, in milliseconds. */
  get queuedMs(): number {
    return this.#queue.reduce((sum, reply) => sum + reply.audio.queuedMs, 0);
  }

  /** The sound of this reply is complete. */
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

  resume(replyId: ReplyId): void {
    this.#find(replyId)?.resume();
  }

  /** Drops everything of the reply, now and later. Always answered with a report. */
  cancel(replyId: ReplyId): void {
    const reply = this.#find(replyId);
    if (reply === undefined) {
      if (this.#over.has(replyId)) return;
      this.#remember(replyId);
      this.#report(replyId, "cancelled", 0);
      return;
    }
    const next = reply.hasStarted ? reply.hold() : null;
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
    if (reply !== undefined && frame !== null) this.#account(reply);
  }

  #account(reply: PlayoutReply): void {
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
    this.#over.add(replyId);
    const [oldest] = this.#over;
    if (this.#over.size > rememberedReplies && oldest !== undefined) this.#over.delete(oldest);
  }

  #find(replyId: string): PlayoutReply | undefined {
    return this.#queue.find((reply) => reply.replyId === replyId);
  }
}
