import type { Clock } from "@parley/shared/async/clock";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { ReplyId } from "@parley/shared/protocol/ids";

const reportMs = 100;

/**
 * Stands in for the pacer of a room: what a client plays of a reply is taken to be what would have
 * been heard since its sound was sent, until the client says otherwise.
 */
export class ClientPlayout {
  readonly #clock: Clock;
  readonly #report: (report: PlayoutReport) => void;
  #replyId: ReplyId | null = null;
  #startedAtMs: number | null = null;
  #sentMs = 0;
  #isComplete = false;
  #cancelReport: (() => void) | null = null;

  /** @param report called later than what gives rise to it, never within */
  constructor(options: { clock: Clock; report: (report: PlayoutReport) => void }) {
    this.#clock = options.clock;
    this.#report = options.report;
  }

  /** Reply that is being heard; null for none. */
  get replyId(): ReplyId | null {
    return this.#replyId;
  }

  /** A reply begins. */
  start(replyId: ReplyId): void {
    this.#stop();
    this.#replyId = replyId;
  }

  /** @param sentMs sound of the reply that was sent, ms */
  sent(sentMs: number): void {
    this.#sentMs = sentMs;
    if (this.#startedAtMs !== null) return;
    this.#startedAtMs = this.#clock.now();
    this.#tellLater(0, "started");
  }

  /** No more sound of it follows. */
  complete(): void {
    this.#isComplete = true;
    // Nothing to play: it was read.
    if (this.#sentMs === 0) this.#tellLater(0, "finished");
  }

  /** The client heard the reply to its end, or wants to hear no more of it. */
  finish(): void {
    if (this.#replyId !== null && this.#isComplete) this.#tell("finished", this.#sentMs);
  }

  /** The reply was cut off. */
  cancelled(): void {
    this.#tellLater(0, "cancelled");
  }

  /** Idempotent. */
  close(): void {
    this.#stop();
  }

  get #playedMs(): number {
    if (this.#startedAtMs === null) return 0;
    return Math.min(this.#sentMs, this.#clock.now() - this.#startedAtMs);
  }

  #tellLater(waitMs: number, state?: PlayoutReport["state"]): void {
    this.#cancelReport?.();
    this.#cancelReport = this.#clock.schedule(waitMs, () => {
      const playedMs = this.#playedMs;
      const isOver = this.#isComplete && playedMs >= this.#sentMs;
      this.#tell(state ?? (isOver ? "finished" : "progress"), playedMs);
    });
  }

  #tell(state: PlayoutReport["state"], playedMs: number): void {
    const replyId = this.#replyId;
    if (replyId === null) return;
    if (state === "finished" || state === "cancelled") this.#stop();
    else this.#tellLater(reportMs);
    this.#report({ type: "playout", replyId, state, playedMs, atMs: this.#clock.now() });
  }

  #stop(): void {
    this.#cancelReport?.();
    this.#cancelReport = null;
    this.#replyId = null;
    this.#startedAtMs = null;
    this.#sentMs = 0;
    this.#isComplete = false;
  }
}
