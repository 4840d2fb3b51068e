import type { Patience } from "@parley/shared/protocol/rooms-api";
import type { UtteranceKind } from "../../contracts/turn-detector";
import type { SessionSettings } from "../settings";
import type { PauseHabit } from "./pause-habit";
import { typicalPauseMs } from "./pause-habit";

type WaitSettings = Pick<
  SessionSettings,
  "shortestWaitMs" | "statementWaitMs" | "unsureWaitMs" | "longestWaitMs"
>;

/** Bounds of what a person's own pauses make of the wait after a statement. */
const habitBounds = { least: 0.75, most: 1.75 };

/** Factors on the waits. A quick agent is no quicker after a question: a comma is as long. */
const patienceFactors: Readonly<Record<Patience, Readonly<Record<UtteranceKind, number>>>> = {
  quick: { asked: 1, told: 0.75, unsure: 0.75, open: 0.75, row: 0.75 },
  normal: { asked: 1, told: 1, unsure: 1, open: 1, row: 1 },
  patient: { asked: 1.6, told: 1.6, unsure: 1.4, open: 1.2, row: 1.2 },
};

/** @returns the silence after which an utterance of this kind is over, for this person, ms */
export function silenceNeededMs(
  kind: UtteranceKind,
  { habit, patience }: { habit: PauseHabit; patience: Patience },
  settings: WaitSettings,
): number {
  const { shortestWaitMs, unsureWaitMs, longestWaitMs } = settings;
  const ownMs = statementWait(habit, settings.statementWaitMs);
  // A long pause that was cut is among this person's own by then: in a sum it would count twice.
  const mostMs = Math.max(ownMs, settings.statementWaitMs + habit.extraMs);
  const statementMs = Math.min(ownMs + habit.extraMs, mostMs);
  const plainMs = {
    asked: shortestWaitMs + habit.extraMs,
    told: statementMs,
    unsure: Math.max(unsureWaitMs, statementMs),
    open: Math.max(longestWaitMs, statementMs),
    row: Math.max(longestWaitMs, statementMs),
  }[kind];
  return plainMs * patienceFactors[patience][kind];
}

function statementWait({ pauseMs }: PauseHabit, usualMs: number): number {
  const wantedMs = usualMs + pauseMs - typicalPauseMs;
  return Math.max(usualMs * habitBounds.least, Math.min(wantedMs, usualMs * habitBounds.most));
}
