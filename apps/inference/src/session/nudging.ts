import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { AddressBook } from "./address-book";
import { become, inOrder, stay, withdraw, type Move } from "./floor-moves";
import type { FloorState } from "./floor-state";
import type { Turn } from "./hearing/turn";
import type { SessionManner } from "./session-manner";
import type { AgentPhrases } from "./words/agent-phrases";
import { isNamed } from "./words/called-name";

/** Words up to which a turn with the agent's name in it calls it and no more: "Hey, Parley." */
const maxCallWords = 3;

/**
 * True when the agent may ask for the end of a turn whose words lack it: nobody else speaks or waits
 * for an answer, and it is certain that the agent is spoken to.
 */
export function mayNudge(
  { turns, question, reply, cut, asides, announcements }: FloorState,
  turn: Turn,
  { addressBook, manner }: { addressBook: AddressBook; manner: SessionManner },
): boolean {
  if (!manner.nudges || !addressBook.isCertainlyForAgent(turn)) return false;
  const isAlone = turns.length === 1 && turns[0]?.turnId === turn.turnId;
  const isSilent = question === null && (reply === null || reply.phase === "prepared");
  // What was said over a reply may have been nothing.
  const isOverReply = cut?.turnId === turn.turnId || asides.length > 0;
  return isAlone && isSilent && !isOverReply && announcements.length === 0;
}

/** What the agent says to a turn that lacks its end. */
export function nudgeTo(
  { text }: Turn,
  agentName: string,
  { nudges }: Pick<AgentPhrases, "nudges">,
): string {
  const isCall = normalizedWords(text).length <= maxCallWords && isNamed(text, agentName);
  return isCall ? nudges.called : nudges.unfinished;
}

/** Asks for the end of the turn in hand, which stays open. */
export function nudge(turn: Turn): Move {
  return (state, settings) => {
    const fixedText = settings.nudgeTo?.(turn) ?? "";
    const isFree = state.question === null && (state.reply?.phase ?? "prepared") === "prepared";
    if (!isFree || fixedText === "") return stay(state);
    return stay({ ...state, question: { turn: null, fixedText, isNudge: true } });
  };
}

/** Somebody speaks: the nudge that is not heard yet is not wanted. */
export const forgetNudge: Move = (state, settings) =>
  state.question?.isNudge === true
    ? inOrder(become({ question: null }), withdraw)(state, settings)
    : stay(state);
