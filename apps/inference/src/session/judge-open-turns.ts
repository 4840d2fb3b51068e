import type { AudibleReply } from "./audible-reply";
import { judgeBargeIn, type BargeInVerdict } from "./barge-in";
import { isAsideOverReply } from "./floor-lines";
import { cancel, stay, type FloorSettings, type Move } from "./floor-moves";
import type { Turn } from "./hearing/turn";
import { isNoise, silentSince } from "./open-turns";

/** Whoever speaks has heard the nudge, or needs none; its own echo says nothing. */
const cutNudge: Move = (state, settings) => {
  const isCut = state.turns.some(
    ({ phase, speechMs, memberId }) =>
      phase === "speaking" &&
      speechMs >= settings.duckAfterSpeechMs &&
      settings.echo?.isSuspected(memberId) !== true,
  );
  return isCut ? cancel(state, settings) : stay(state);
};

/** Judges whether what people say over the reply is meant to interrupt it. */
export function judgeOpenTurns(audible: AudibleReply | null): Move {
  return (state, settings) => {
    if (audible === null || state.reply?.phase !== "playing") return stay(state);
    if (settings.manner?.interruption === "never") return stay(state);
    if (state.reply.isNudge === true) return cutNudge(state, settings);
    const verdicts = new Set<BargeInVerdict>();
    for (const turn of state.turns) {
      const mayContinue = state.continuation?.turnId === turn.turnId;
      if (isAsideOverReply(turn, settings, mayContinue)) {
        // What is held for somebody who may go on stays so while echo is not ruled out.
        if (mayContinue && !isNoise(turn, settings)) verdicts.add("ignore");
        continue;
      }
      const intrusion = {
        text: turn.text,
        guess: guessOf(turn, settings, mayContinue),
        isSpeaking: turn.phase === "speaking",
        isSettled: turn.phase === "settled",
        speechMs: turn.speechMs,
        areWordsComing: turn.areWordsComing ?? false,
        isHeardListening: turn.isHeardListening ?? false,
        recentReplyText: audible.recentText,
        names: audible.names,
        mayContinue,
      };
      const verdict = judgeBargeIn(intrusion, settings);
      if (verdict === "interrupt") {
        const { turnId } = turn;
        const cut = { turnId, audible, unheard: "" };
        return cancel({ ...state, interrupter: turnId, cut }, settings);
      }
      verdicts.add(verdict);
    }
    if (verdicts.has("hold")) return { state, effects: [{ type: "hold-reply" }] };
    if (verdicts.has("duck")) return { state, effects: [{ type: "duck-reply" }] };
    if (verdicts.has("ignore")) return stay(state);
    return { state, effects: [{ type: "resume-reply", silentSinceMs: silentSince(state.turns) }] };
  };
}

/** What one look found, unless it would be said to another person. */
function guessOf(turn: Turn, settings: FloorSettings, mayContinue: boolean): string {
  const { guess = "" } = turn;
  const isAside = guess !== "" && isAsideOverReply({ ...turn, text: guess }, settings, mayContinue);
  return isAside ? "" : guess;
}
