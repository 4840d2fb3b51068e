import { isBeginningOf } from "@parley/speech/transcripts/normalized-words";
import { agentStateOf } from "./agent-state-of";
import { withAnnouncements } from "./announcing";
import { asideOf, withAside } from "./asides";
import type { AudibleReply } from "./audible-reply";
import { noteUnheard, replyCutBy, takeUpCut } from "./cut-reply";
import {
  addressOfLine,
  hearTurn,
  isOwnVoice,
  lineOf,
  mayBeAnswered,
  say,
  type Line,
} from "./floor-lines";
import { hasBegun, type FloorEvent, type FloorState, type FloorStep } from "./floor-state";
import {
  become,
  cancel,
  carryOut,
  endTurn,
  inOrder,
  keepOpen,
  overReply,
  stay,
  withdraw,
  withhold,
  type FloorSettings,
  type Move,
} from "./floor-moves";
import type { Turn, TurnChange } from "./hearing/turn";
import { begin, hear } from "./floor-reply";
import { noteContinuation, unlessContinued } from "./late-correction";
import { judgeOpenTurns } from "./judge-open-turns";
import { forgetNudge, nudge } from "./nudging";
import { isNoise, isQuiet, isSomebodySpeaking, pausingTurns } from "./open-turns";
import { takenUp } from "./open-question";
import type { ReplyChange } from "./replying/reply-state";

/**
 * Decides whose the floor is: prepares replies while people pause, lets one be heard when nobody
 * speaks, and takes the floor from the agent when somebody wants it. Pure; an event that comes
 * late or twice changes nothing.
 */
export function stepFloor(
  state: FloorState,
  event: FloorEvent,
  settings: FloorSettings,
): FloorStep {
  return withAnnouncements(event, moveOf(event), advance)(state, settings);
}

function moveOf(event: FloorEvent): Move {
  switch (event.type) {
    case "greeting-due":
      return event.isConversationEmpty ? greet(event.text) : stay;
    case "turn-changed":
      return turnChanged(event.change, event.audible);
    case "message-typed":
      return typed({ ...event, turn: null }, event.isLeft === true);
    case "typing-due":
      return inOrder(become({ question: { turn: null, fixedText: null } }), cancel, advance);
    case "typing-refused":
      return refuse(event.text);
    case "question-left":
      return inOrder(takeUp, advance);
    case "interrupt-requested":
      return inOrder(interrupt, advance);
    case "room-emptied":
      return inOrder(interrupt, forgetQuestion, showAgentState);
    case "reply-changed":
      return replyChanged(event.change, event.unheard ?? "");
    case "answer-asked": {
      const { request } = event;
      return inOrder(become({ question: { turn: null, fixedText: null, request } }), advance);
    }
    case "announcement-due":
      return stay;
    case "conversation-changed":
      return advance;
  }
}

function greet(fixedText: string): Move {
  return (state, settings) => {
    const isFree = state.turns.length === 0 && state.question === null && state.reply === null;
    if (!isFree) return stay(state);
    return inOrder(become({ question: { turn: null, fixedText } }), advance)(state, settings);
  };
}

function turnChanged({ type, turn }: TurnChange, audible: AudibleReply | null): Move {
  const judge = judgeOpenTurns(audible);
  switch (type) {
    case "opened":
      return inOrder(
        forgetNudge,
        keepOpen(turn),
        noteContinuation(turn, audible),
        withhold,
        advance,
      );
    case "resumed":
      // The words that follow decide what becomes of the reply: a cough or a breath has none.
      return inOrder(forgetNudge, keepOpen(turn), withhold, advance);
    case "continued":
      return inOrder(keepOpen(turn), (state, settings) => {
        if (hasBegun(state.reply)) return judge(state, settings);
        return isNoise(turn, settings) ? advance(state, settings) : stay(state);
      });
    case "words":
      return unlessContinued(
        turn,
        audible,
        inOrder(
          keepOpen(turn),
          carryOut({ type: "publish-partial", turn }),
          withdrawOutrun(turn),
          judge,
        ),
      );
    case "nudged":
      return inOrder(keepOpen(turn), nudge(turn), advance);
    case "paused":
      // The settled words, which follow, decide.
      return keepOpen(turn);
    case "settled":
      return unlessContinued(
        turn,
        audible,
        inOrder(
          keepOpen(turn),
          carryOut({ type: "publish-partial", turn }),
          noteAside(turn, audible),
          judge,
          advance,
        ),
      );
    case "closed":
      return inOrder(endTurn(turn), hearOut(turn, audible), forgetAside(turn), judge, advance);
    case "dropped":
    case "abandoned":
      return inOrder(
        endTurn(turn),
        leaveUnanswered(turn),
        takeUpCut(turn),
        forgetAside(turn),
        judge,
        advance,
      );
  }
}

function replyChanged(change: ReplyChange, unheard: string): Move {
  switch (change) {
    case "begun":
      return inOrder(begin, showAgentState);
    case "heard":
      return inOrder(hear, advance);
    case "cancelled":
      return inOrder(become({ reply: { phase: "cancelling" } }), advance);
    case "ended":
      return inOrder(
        become({ reply: null, answered: null, continuation: null }),
        noteUnheard(unheard),
        advance,
      );
    case "empty":
      return inOrder(become({ reply: null, question: null }), showAgentState);
  }
}

/** The words of a turn that is over: retracted as echo, or published and mostly asked. */
function hearOut(turn: Turn, audible: AudibleReply | null): Move {
  return (state, settings) => {
    // What is told to be a turn is one, whatever it sounds like.
    const isTold = settings.manner?.turnEnd === "told";
    const reply = isTold ? null : (overReply(state, audible) ?? replyCutBy(state, turn));
    const noted = state.asides.find(({ turnId }) => turnId === turn.turnId)?.kind ?? null;
    const kind = isTold ? null : (asideOf(turn, reply, settings) ?? noted);
    const isOwn = !isTold && isOwnVoice(turn, reply?.recentText ?? "", settings);
    if (kind === "echo" || isOwn) {
      return inOrder(carryOut({ type: "retract", turn }), takeUpCut(turn))(state, settings);
    }
    const publish = carryOut({ type: "publish-final", turn });
    const isAnswer = reply?.isEndOfQuestion === true;
    const ask: Move = (present) => hearTurn(present, { turn, isAnswer }, settings);
    return inOrder(publish, kind === null ? ask : takeUpCut(turn))(state, settings);
  };
}

/** The reply may be over by the time the turn is. */
function noteAside(turn: Turn, audible: AudibleReply | null): Move {
  return (state, settings) => {
    const kind = asideOf(turn, overReply(state, audible), settings);
    return stay({ ...state, asides: withAside(state.asides, turn, kind) });
  };
}

function forgetAside(turn: Turn): Move {
  return (state) => stay({ ...state, asides: withAside(state.asides, turn, null) });
}

/** Typed text cuts the reply off if it is meant for the agent, unless it is left for later. */
function typed(line: Line, isLeft: boolean): Move {
  return (state, settings) => {
    const address = addressOfLine(line, settings);
    if (isLeft) return { state, effects: say(state, line, address).effects };
    const speak: Move = (present) => say(present, line, address);
    const cut = address.to === "agent" ? cancel : stay;
    return inOrder(speak, cut, advance)(state, settings);
  };
}

function refuse(fixedText: string): Move {
  return (state, settings) => {
    if (state.question !== null) return stay(state);
    return inOrder(become({ question: { turn: null, fixedText } }), advance)(state, settings);
  };
}

const takeUp: Move = (state) => stay({ ...state, question: takenUp(state.question) });

/** Keeps the words of a turn, unanswered. */
function leaveUnanswered(turn: Turn): Move {
  return turn.text === ""
    ? carryOut({ type: "retract", turn })
    : carryOut({ type: "publish-final", turn }, lineOf(turn));
}

/** Prepares or withdraws a reply as the open turns ask, and releases it when the floor is free. */
const advance: Move = (state, settings) =>
  inOrder(prepare, showAgentState, release)(state, settings);

/** Prepares the reply that answers the conversation as it stands, pausing turns included. */
const prepare: Move = (state, settings) => {
  const request = state.question?.request ?? null;
  if (hasBegun(state.reply)) return stay(state);
  if (request === null && isSomebodySpeaking(state.turns, settings)) return stay(state);
  const isNudge = state.question?.isNudge === true;
  const isGuess = settings.isSpeculating && request === null && !isNudge;
  const pausing = isGuess ? pausingTurns(state.turns) : [];
  const isWanted = pausing.some((turn) => mayBeAnswered(turn, settings));
  if (state.question === null && !isWanted) return withdraw(state, settings);
  const fixedText = pausing.length === 0 ? (state.question?.fixedText ?? null) : null;
  return {
    state: { ...state, reply: { phase: "prepared", pausing } },
    effects: [
      { type: "prepare-reply", pausing, fixedText, request, ...(isNudge ? { isNudge } : {}) },
    ],
  };
};

const release: Move = (state, settings) => {
  const isDue = state.question !== null && state.reply?.phase === "prepared";
  const isOffered = state.question?.isOffered === true;
  const isAskedFor = state.question?.request !== undefined || state.question?.isNudge === true;
  const isFree = isAskedFor || isQuiet(state.turns, settings);
  if (!isDue || isOffered || !isFree) return stay(state);
  return { state, effects: [{ type: "release-reply", answered: state.question.turn }] };
};

/** Withdraws the reply once the turn has words that it does not answer. */
function withdrawOutrun(turn: Turn): Move {
  return (state, settings) => {
    const answered =
      state.reply?.phase === "prepared"
        ? state.reply.pausing.find(({ turnId }) => turnId === turn.turnId)
        : undefined;
    const isOutrun = answered !== undefined && !isBeginningOf(turn.text, answered.text);
    return isOutrun ? withdraw(state, settings) : stay(state);
  };
}

const forgetQuestion: Move = (state, settings) => withdraw({ ...state, question: null }, settings);

const interrupt: Move = (state, settings) =>
  (hasBegun(state.reply) ? cancel : forgetQuestion)(state, settings);

const showAgentState: Move = (state, settings) => {
  const agentState = agentStateOf(state, settings);
  if (agentState === state.agentState) return stay(state);
  return {
    state: { ...state, agentState },
    effects: [{ type: "set-agent-state", state: agentState }],
  };
};
