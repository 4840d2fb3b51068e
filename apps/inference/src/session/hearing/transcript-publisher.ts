import type { TurnId } from "@parley/shared/protocol/ids";
import type { SessionOutput } from "../session-output";
import type { Turn } from "./turn";

/** Publishes the transcript of each turn: partials that replace each other, then one final. */
export class TranscriptPublisher {
  readonly #output: SessionOutput;
  /** The next revision of each open turn that has been published. */
  readonly #revisions = new Map<TurnId, number>();
  readonly #lastTexts = new Map<TurnId, string>();

  constructor(output: SessionOutput) {
    this.#output = output;
  }

  partial(turn: Turn): void {
    if (turn.text === "" || turn.text === this.#lastTexts.get(turn.turnId)) return;
    this.#lastTexts.set(turn.turnId, turn.text);
    this.#publish("transcript-partial", turn);
  }

  final(turn: Turn): void {
    this.#publish("transcript-final", turn);
    this.#forget(turn);
  }

  /** The turn held no words after all. */
  retract(turn: Turn): void {
    if (this.#revisions.has(turn.turnId)) {
      this.#output.notice({ type: "transcript-retract", turnId: turn.turnId });
    }
    this.#forget(turn);
  }

  #publish(type: "transcript-partial" | "transcript-final", turn: Turn): void {
    const { turnId, memberId, text, startedAtMs } = turn;
    const revision = this.#revisions.get(turnId) ?? 0;
    this.#revisions.set(turnId, revision + 1);
    this.#output.notice({ type, turnId, memberId, revision, text, startedAtMs });
  }

  #forget(turn: Turn): void {
    this.#revisions.delete(turn.turnId);
    this.#lastTexts.delete(turn.turnId);
  }
}
