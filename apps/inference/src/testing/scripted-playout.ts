import type { Clock } from "@parley/shared/async/clock";
import type { LinkNotice, PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { ReplyId } from "@parley/shared/protocol/ids";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";

const reportMs = 100;

/** A pacer for tests: plays by the clock, reports as the real one does. */
export class ScriptedPlayout {
  /** Time from a reply's first frame to its start. */
  startDelayMs = 0;
  /** A pacer that died: it reports nothing any more. */
  isDead = false;
  readonly frames: LinkFrame[] = [];
  readonly #clock: Clock;
  readonly #report: (report: PlayoutReport) => void;
  #replyId: ReplyId | null = null;
  #bufferedMs = 0;
  #playedMs = 0;
  #isComplete = false;
  #isHeld = false;
  #hasStarted = false;

  constructor(clock: Clock, report: (report: PlayoutReport) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  audio(frame: LinkFrame): void {
    this.frames.push(frame);
    this.#bufferedMs = frame.stampMs + (frame.samples.length * 1_000) / frame.sampleRate;
    if (this.#hasStarted || frame.id !== this.#replyId) return;
    this.#hasStarted = true;
    const { id } = frame;
    this.#clock.schedule(this.startDelayMs, () => {
      if (this.#replyId !== id) return;
      this.#tell("started");
      this.#play(id);
    });
  }

  notice(notice: LinkNotice): void {
    if (notice.type === "reply-start") {
      this.#replyId = notice.replyId;
      this.#bufferedMs = 0;
      this.#playedMs = 0;
      this.#isComplete = false;
      this.#isHeld = false;
      this.#hasStarted = false;
    } else if (notice.type === "reply-audio-end") {
      this.#isComplete = true;
    } else if (notice.type === "reply-hold") {
      this.#isHeld = true;
    } else if (notice.type === "reply-resume") {
      this.#isHeld = false;
    } else if (notice.type === "reply-cancel") {
      const replyId = this.#replyId;
      this.#clock.schedule(20, () => {
        if (this.#replyId !== replyId) return;
        this.#tell("cancelled");
        this.#replyId = null;
      });
    }
  }

  #play(replyId: string): void {
    this.#clock.schedule(reportMs, () => {
      if (this.#replyId !== replyId) return;
      if (!this.#isHeld) this.#playedMs = Math.min(this.#bufferedMs, this.#playedMs + reportMs);
      if (this.#isComplete && this.#playedMs >= this.#bufferedMs) {
        this.#tell("finished");
        this.#replyId = null;
        return;
      }
      this.#tell(this.#isHeld ? "held" : "progress");
      this.#play(replyId);
    });
  }

  #tell(state: PlayoutReport["state"]): void {
    if (this.isDead || this.#replyId === null) return;
    this.#report({
      type: "playout",
      replyId: this.#replyId,
      state,
      playedMs: this.#playedMs,
      atMs: this.#clock.now(),
    });
  }
}
