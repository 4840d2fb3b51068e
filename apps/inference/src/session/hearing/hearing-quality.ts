import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { SessionSettings } from "../settings";
import { isBackchannel } from "../words/backchannel";
import type { Turn } from "./turn";

/** How well one member is understood, from turn to turn. */
export type HearingQuality = {
  /** Several turns in a row were doubtful, and not yet several clear ones. */
  readonly isPoor: boolean;
  /** Turns in a row that speak against `isPoor`. */
  readonly contraryTurns: number;
};

export const clearHearing: HearingQuality = { isPoor: false, contraryTurns: 0 };

/** Moves after a turn. Pure, with hysteresis: what is said of somebody does not flicker. */
export function stepHearingQuality(
  { isPoor, contraryTurns }: HearingQuality,
  turn: "doubtful" | "clear",
  settings: Pick<SessionSettings, "doubtfulTurns" | "clearTurns">,
): HearingQuality {
  const isContrary = (turn === "doubtful") !== isPoor;
  if (!isContrary) return { isPoor, contraryTurns: 0 };
  const neededTurns = isPoor ? settings.clearTurns : settings.doubtfulTurns;
  if (contraryTurns + 1 < neededTurns) return { isPoor, contraryTurns: contraryTurns + 1 };
  return { isPoor: !isPoor, contraryTurns: 0 };
}

/**
 * @param turn that is over
 * @param doubtfulBelow mean confidence of its words, on the recogniser's scale
 * @returns null when the turn says nothing about how well its speaker is understood
 */
export function judgeTurn(
  turn: Turn,
  { doubtfulBelow, wordlessDoubtMs }: { doubtfulBelow: number; wordlessDoubtMs: number },
): "doubtful" | "clear" | null {
  // Recognisers give up what they doubt most, so long speech may come out as no words.
  if (turn.text === "") return turn.speechMs >= wordlessDoubtMs ? "doubtful" : null;
  // "Mm-hmm" has as many spellings as speakers.
  if (turn.phase !== "settled" || turn.confidence === null || isBackchannel(turn.text)) return null;
  if (turn.confidence >= doubtfulBelow) return "clear";
  // One word alone leaves recognisers in doubt though they have it right: "hello", "six".
  return normalizedWords(turn.text).length > 1 ? "doubtful" : null;
}
