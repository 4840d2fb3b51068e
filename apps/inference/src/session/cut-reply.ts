import type { AudibleReply } from "./audible-reply";
import type { FloorState } from "./floor-state";
import { become, stay, type Move } from "./floor-moves";
import type { Turn } from "./hearing/turn";

/** The reply that this turn cut off, as people heard it. */
export function replyCutBy({ cut }: FloorState, { turnId }: Turn): AudibleReply | null {
  return cut?.turnId === turnId ? cut.audible : null;
}

/** @param unheard what the reply that ended had left to say */
export function noteUnheard(unheard: string): Move {
  return (state) => stay({ ...state, cut: state.cut && { ...state.cut, unheard } });
}

/** The turn was nothing to answer: the reply that it cut goes on, from a word's beginning. */
export function takeUpCut({ turnId }: Turn): Move {
  return (state, settings) => {
    const { cut, question, reply } = state;
    const isFree = question === null && (reply === null || reply.phase === "prepared");
    if (cut?.turnId !== turnId || cut.unheard === "" || !isFree) return stay(state);
    const fixedText = cut.unheard;
    return become({ question: { turn: null, fixedText }, cut: null })(state, settings);
  };
}
