import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";

/** Turns that people are in the middle of, earliest first. */
export type OpenTurns = readonly Turn[];

type NoiseSettings = Pick<SessionSettings, "wordlessLimitMs">;

/** @param turn open, as it stands now; takes the place of its earlier snapshot */
export function withTurn(turns: OpenTurns, turn: Turn): OpenTurns {
  const isKnown = turns.some(({ turnId }) => turnId === turn.turnId);
  if (!isKnown) return [...turns, turn];
  return turns.map((other) => (other.turnId === turn.turnId ? turn : other));
}

export function withoutTurn(turns: OpenTurns, turn: Turn): OpenTurns {
  return turns.filter(({ turnId }) => turnId !== turn.turnId);
}

/** Speech as far as it is known to be of words. */
type Wording = Pick<Turn, "text" | "speechMs" | "areWordsComing">;

/** True for speech that went on for long without a word; twice as long while words seem to come. */
export function isNoise(
  { text, speechMs, areWordsComing = false }: Wording,
  { wordlessLimitMs }: NoiseSettings,
): boolean {
  return text === "" && speechMs >= (areWordsComing ? 2 * wordlessLimitMs : wordlessLimitMs);
}

/** Somebody speaks, noise not counted. */
export function isSomebodySpeaking(turns: OpenTurns, settings: NoiseSettings): boolean {
  return turns.some((turn) => turn.phase === "speaking" && !isNoise(turn, settings));
}

/** Nobody speaks, and nobody may be about to go on. */
export function isQuiet(turns: OpenTurns, settings: NoiseSettings): boolean {
  return turns.every((turn) =>
    turn.phase === "speaking"
      ? isNoise(turn, settings)
      : turn.phase === "settled" && turn.text === "",
  );
}

/** Turns with words that may be over, earliest first. */
export function pausingTurns(turns: OpenTurns): OpenTurns {
  return turns.filter((turn) => turn.phase === "settled" && turn.text !== "");
}

/** @returns when the last of them fell silent, ms by our clock; null when one makes a noise */
export function silentSince(turns: OpenTurns): number | null {
  const since = turns.map((turn) => (turn.phase === "speaking" ? null : turn.silentSinceMs));
  return since.reduce(
    (latest, ms) => (ms === null || latest === null ? null : Math.max(latest, ms)),
    0,
  );
}
