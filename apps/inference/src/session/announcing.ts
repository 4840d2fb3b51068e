import { become, inOrder, stay, type Move } from "./floor-moves";
import type { FloorEvent, FloorState } from "./floor-state";
import { isQuiet } from "./open-turns";

/** Limit on announcements that wait for a silence. */
const maxAnnouncements = 20;

/**
 * Moves as it is told, and takes the floor for the next announcement when nobody has it. One that
 * was about to be spoken when somebody asked something is spoken later.
 *
 * @param advance prepares and releases the reply that is due
 */
export function withAnnouncements(event: FloorEvent, move: Move, advance: Move): Move {
  return (state, settings) => {
    const announcements = waitingAfter(state, event);
    return inOrder(become({ announcements }), move, speakNext(advance))(state, settings);
  };
}

function waitingAfter(state: FloorState, event: FloorEvent): readonly string[] {
  const { announcements, question } = state;
  if (event.type === "announcement-due") {
    return [...announcements, event.text].slice(-maxAnnouncements);
  }
  if (event.type === "room-emptied") return [];
  const isNext = announcements.length > 0 && question?.fixedText === announcements[0];
  return isNext && isSettledBy(event) ? announcements.slice(1) : announcements;
}

/** The announcement that has the floor is heard, or not wanted, or cannot be spoken. */
function isSettledBy(event: FloorEvent): boolean {
  if (event.type === "interrupt-requested") return true;
  return event.type === "reply-changed" && (event.change === "begun" || event.change === "empty");
}

function speakNext(advance: Move): Move {
  return (state, settings) => {
    const [fixedText] = state.announcements;
    const isFree = state.question === null && state.reply === null;
    if (fixedText === undefined || !isFree || !isQuiet(state.turns, settings)) return stay(state);
    return inOrder(become({ question: { turn: null, fixedText } }), advance)(state, settings);
  };
}
