import type { AudibleReply } from "./audible-reply";
import { isContinuation } from "./barge-in";
import { isAsideOverReply } from "./floor-lines";
import {
  become,
  cancel,
  carryOut,
  endTurn,
  inOrder,
  overReply,
  stay,
  type Move,
} from "./floor-moves";
import type { Turn } from "./hearing/turn";

/** Whom the agent answers speaks as it begins: perhaps they had only paused. */
export function noteContinuation(turn: Turn, audible: AudibleReply | null): Move {
  return (state, settings) => {
    const { answered } = state;
    const reply = overReply(state, audible);
    const isSoon = reply !== null && reply.playedMs <= settings.lateCorrectionMs;
    if (!isSoon || answered?.memberId !== turn.memberId) return stay(state);
    return stay({ ...state, continuation: { turnId: turn.turnId, earlier: answered } });
  };
}

/**
 * Withdraws the reply and joins both halves once the turn has words that go on with the answered
 * one; the joined turn follows as a change of its own. Otherwise moves as it is told.
 */
export function unlessContinued(turn: Turn, audible: AudibleReply | null, otherwise: Move): Move {
  return (state, settings) => {
    const { continuation } = state;
    const reply = overReply(state, audible);
    const isMeant =
      reply !== null && isContinuation(turn, reply) && !isAsideOverReply(turn, settings);
    if (continuation?.turnId !== turn.turnId || !isMeant) return otherwise(state, settings);
    const { earlier } = continuation;
    const { memberId, text } = earlier;
    return inOrder(
      endTurn(turn),
      become({ answered: null, continuation: null }),
      carryOut({ type: "take-back-line", memberId, text }),
      cancel,
      carryOut({ type: "reopen-turn", earlier }),
    )(state, settings);
  };
}
