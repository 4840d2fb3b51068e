import type { TurnId } from "@parley/shared/protocol/ids";
import type { SessionOutput } from "../session-output";
import type { Turn } from "./turn";

/** Turns whose final is remembered: only the last of a member's can be reopened. */
const maxFinals = 64;

/** Publishes the transcript of each turn: partials that replace each other, then one final. */
export class TranscriptPublisher {
  readonly #output: SessionOutput;
  /** The next revision of each open turn that has been published. */
  readonly #revisions = new Map<TurnId, number>();
  /** The next revision of turns that are final: one that is reopened goes on from there. */
  readonly #finals = new Map<TurnId, number>();
  readonly #lastTexts = new Map<TurnId, string>();

  constructor(output: SessionOutput) {
    this.#output = output;
  }

  /** Publishes the words so far, or those of a turn that is over, or takes back what there was. */
  show({
    type,
    turn,
  }: {
    type: "publish-partial" | "publish-final" | "retract";
    turn: Turn;
  }): void {
    if (type === "publish-partial") this.#partial(turn);
    else if (type === "publish-final") this.#final(turn);
    else this.#retract(turn);
  }

  #partial(turn: Turn): void {
    // Of a reopened turn the first half stands until the whole is final.
    if (turn.earlierText !== undefined) return;
    if (turn.text === "" || turn.text === this.#lastTexts.get(turn.turnId)) return;
    this.#lastTexts.set(turn.turnId, turn.text);
    this.#publish("transcript-partial", turn);
  }

  #final(turn: Turn): void {
    this.#publish("transcript-final", turn);
    this.#finals.set(turn.turnId, this.#revisions.get(turn.turnId) ?? 0);
    const [oldest] = this.#finals.keys();
    if (this.#finals.size > maxFinals && oldest !== undefined) this.#finals.delete(oldest);
    this.#forget(turn);
  }

  /** The turn held no words after all. */
  #retract(turn: Turn): void {
    if (this.#revisions.has(turn.turnId)) {
      this.#output.notice({ type: "transcript-retract", turnId: turn.turnId });
    }
    this.#forget(turn);
  }

  #publish(type: "transcript-partial" | "transcript-final", turn: Turn): void {
    const { turnId, memberId, text, startedAtMs } = turn;
    const revision = this.#revisions.get(turnId) ?? this.#finals.get(turnId) ?? 0;
    this.#revisions.set(turnId, revision + 1);
    this.#output.notice({ type, turnId, memberId, revision, text, startedAtMs });
  }

  #forget(turn: Turn): void {
    this.#revisions.delete(turn.turnId);
    this.#lastTexts.delete(turn.turnId);
  }
}
