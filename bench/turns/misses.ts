import { isThrough, longestCompleteMs, shortestTrailingMs } from "./figures";
import type { JudgedScene, SceneOutcome } from "./outcomes/outcome";
import type { SceneKind } from "./scenes/scene";

/** Withdrawals that take longer are heard as talking on. */
const longestWithdrawalMs = 300;

/** A scene that did not go as it should, and how. */
export type Miss = Pick<JudgedScene, "policy" | "voice" | "id" | "text" | "lines"> & {
  what: string;
};

export function missesOf(scenes: readonly JudgedScene[]): Miss[] {
  return scenes.flatMap(({ policy, voice, id, kind, text, lines, outcome }) => {
    const what = faultsOf(outcome, kind);
    return what.length === 0 ? [] : [{ policy, voice, id, text, lines, what: what.join(", ") }];
  });
}

function faultsOf(outcome: SceneOutcome, kind: SceneKind): string[] {
  const named = Object.entries(faults(outcome, kind));
  return named.flatMap(([name, isFault]) => (isFault ? [name] : []));
}

function faults(outcome: SceneOutcome, kind: SceneKind): Record<string, boolean> {
  switch (outcome.type) {
    case "utterance": {
      const { pauses, waitMs, withdrawalsMs, turns, isCutOff } = outcome;
      const into = pauses.filter(({ isSpokenInto }) => isSpokenInto).map(({ ms }) => ms);
      const isComplete = kind === "question" || kind === "command" || kind === "statement";
      return {
        [`spoken into at ${into.join(" and ")} ms`]: into.length > 0,
        "cut off": isCutOff,
        "no answer": waitMs === null,
        [`waits ${waitMs} ms`]: isComplete && waitMs !== null && waitMs > longestCompleteMs,
        [`answers after ${waitMs} ms`]:
          kind === "trailing" && waitMs !== null && waitMs < shortestTrailingMs,
        [`speaks on for ${Math.max(0, ...withdrawalsMs)} ms`]: withdrawalsMs.some(
          (ms) => ms > longestWithdrawalMs,
        ),
        [`${turns} turns after a withdrawal`]: withdrawalsMs.length > 0 && turns !== 1,
      };
    }
    case "over-reply":
      return kind === "interruption"
        ? { missed: !outcome.isCancelled }
        : { cancels: outcome.isCancelled, pauses: !isThrough(outcome) && !outcome.isCancelled };
    case "room":
      return {
        [`${outcome.answered} of ${outcome.remarks} remarks answered`]: outcome.answered > 0,
        "call not answered": outcome.isCallAnswered === false,
      };
    case "overlap":
      return { "a line is lost": outcome.linesLost > 0 };
    case "television":
      return { answered: outcome.isAnswered, "cuts the story": outcome.isStoryCut };
    case "echo":
      return {
        "answers itself": outcome.isAnsweringItself,
        "cuts itself off": outcome.isInterruptingItself,
      };
  }
}
