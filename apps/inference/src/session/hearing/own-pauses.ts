import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { UtteranceKind } from "../../contracts/turn-detector";
import { afterLateCorrection, afterPause, afterTurn, unknownHabit } from "./pause-habit";
import type { TurnState } from "./turn-taker";

/** How one person pauses within turns, learnt while they speak. */
export class OwnPauses {
  #habit = unknownHabit;
  /** A pause that may turn out to have been within the turn: if words follow. */
  #last: { ms: number; words: number } | null = null;

  /** What is known so far; each value is a snapshot. */
  get habit() {
    return this.#habit;
  }

  /**
   * Somebody speaks: notes how long the pause was that ends, if the turn could have been over in it.
   *
   * @param kind of the words before it; null while that is not known
   */
  speechStarted(turn: TurnState, kind: UtteranceKind | null, nowMs: number): void {
    const isWhole = kind === "told" || kind === "asked";
    if (turn.phase !== "settled" || !isWhole) return;
    this.#last = { ms: nowMs - turn.silentSinceMs, words: normalizedWords(turn.text).length };
  }

  /** Words are settled: learns from the last pause, unless nothing but a noise came after it. */
  wordsSettled(text: string): void {
    const last = this.#last;
    this.#last = null;
    if (last === null || normalizedWords(text).length <= last.words) return;
    this.#habit = afterPause(this.#habit, last.ms);
  }

  /** The agent took a pause for the end. */
  corrected(pauseMs: number): void {
    this.#habit = afterLateCorrection(this.#habit, pauseMs);
  }

  turnEnded(): void {
    this.#habit = afterTurn(this.#habit);
  }

  /** Another turn begins. */
  forgetLast(): void {
    this.#last = null;
  }
}
