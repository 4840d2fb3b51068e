import type { TurnId } from "@parley/shared/protocol/ids";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";

/** The turns that people are in the middle of. */
export class OpenTurns implements Iterable<Turn> {
  readonly #settings: Pick<SessionSettings, "wordlessLimitMs">;
  readonly #turns = new Map<TurnId, Turn>();

  constructor(settings: Pick<SessionSettings, "wordlessLimitMs">) {
    this.#settings = settings;
  }

  get isEmpty(): boolean {
    return this.#turns.size === 0;
  }

  /** Somebody speaks, noise not counted. */
  get isSomebodySpeaking(): boolean {
    return [...this].some((turn) => turn.phase === "speaking" && !this.isNoise(turn));
  }

  /** Nobody speaks, and nobody may be about to go on. */
  get isQuiet(): boolean {
    return [...this].every((turn) =>
      turn.phase === "speaking" ? this.isNoise(turn) : turn.phase === "settled" && turn.text === "",
    );
  }

  /** Turns with words that may be over, earliest first. */
  get pausing(): Turn[] {
    return [...this].filter((turn) => turn.phase === "settled" && turn.text !== "");
  }

  /** True for speech that went on for long without a word. */
  isNoise(turn: Turn): boolean {
    return turn.text === "" && turn.speechMs >= this.#settings.wordlessLimitMs;
  }

  /** @param turn open, as it stands now */
  set(turn: Turn): void {
    this.#turns.set(turn.turnId, turn);
  }

  remove(turn: Turn): void {
    this.#turns.delete(turn.turnId);
  }

  [Symbol.iterator](): Iterator<Turn> {
    return this.#turns.values();
  }
}
