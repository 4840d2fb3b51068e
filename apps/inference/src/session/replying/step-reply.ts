import { preparedReply, type ReplyEffect, type ReplyEvent, type ReplyState } from "./reply-state";

export type ReplyStep = { state: ReplyState; effects: readonly ReplyEffect[] };

type Prepared = Extract<ReplyState, { phase: "prepared" }>;
type Begun = Extract<ReplyState, { phase: "playing" | "ducked" | "held" }>;

const watch: ReplyEffect = { type: "wait", for: "stalledPlayoutMs" };
const stopped: ReplyStep = { state: { phase: "ended" }, effects: [{ type: "stop" }] };

/**
 * Moves a reply from phase to phase: prepared → released → playing ⇄ ducked, held → cancelling → ended.
 * Pure; an event that comes late or twice changes nothing.
 */
export function stepReply(state: ReplyState, event: ReplyEvent): ReplyStep {
  if (state.phase === "ended") return { state, effects: [] };
  if (event.type === "closed") return stopped;
  switch (state.phase) {
    case "prepared":
      return stepPrepared(state, event);
    case "released":
      return stepReleased(state, event);
    case "playing":
    case "ducked":
    case "held":
      return stepBegun(state, event);
    case "cancelling":
      return stepCancelling(state, event);
  }
}

function stepPrepared(state: Prepared, event: ReplyEvent): ReplyStep {
  switch (event.type) {
    case "sound-made":
      return { state: { ...state, hasSound: true }, effects: [] };
    case "sound-withdrawn":
      return { state: preparedReply, effects: [] };
    case "synthesis-ended":
      return { state: { ...state, isComplete: true }, effects: [] };
    case "released":
      return release(state);
    case "cancelled":
      return stopped;
    default:
      return { state, effects: [] };
  }
}

function release({ hasSound, isComplete }: Prepared): ReplyStep {
  const { state, effects } = startOf(hasSound, isComplete);
  const last: ReplyEffect[] = hasSound && isComplete ? [{ type: "end-sound" }] : [];
  const lead: ReplyEffect = { type: "lead", by: "playoutLeadMs" };
  return { state, effects: [lead, { type: "report-failures" }, ...effects, ...last] };
}

function startOf(hasSound: boolean, isComplete: boolean): ReplyStep {
  if (hasSound) return begin();
  return isComplete ? giveUp() : { state: { phase: "released" }, effects: [] };
}

function stepReleased(state: ReplyState, event: ReplyEvent): ReplyStep {
  switch (event.type) {
    case "withheld":
      return { state: preparedReply, effects: [{ type: "lead", by: "speculativeLeadMs" }] };
    case "sound-made":
      return begin();
    case "synthesis-ended":
      return giveUp();
    case "failed":
      return { state, effects: [{ type: "report-failures" }] };
    case "cancelled":
      return stopped;
    default:
      return { state, effects: [] };
  }
}

function stepBegun(state: Begun, event: ReplyEvent): ReplyStep {
  switch (event.type) {
    case "sound-made":
      return { state, effects: [{ type: "send" }] };
    case "synthesis-ended":
      return { state, effects: [{ type: "end-sound" }] };
    case "failed":
      return { state, effects: [{ type: "report-failures" }] };
    case "ducked":
      // What is held stays silent until it is resumed.
      if (state.phase !== "playing") return { state, effects: [] };
      return { state: { ...state, phase: "ducked" }, effects: [{ type: "duck" }] };
    case "held":
      if (state.phase === "held") return { state, effects: [] };
      return { state: { ...state, phase: "held" }, effects: [{ type: "hold" }] };
    case "resumed":
      if (state.phase === "playing") return { state, effects: [] };
      return { state: { ...state, phase: "playing" }, effects: [{ type: "resume" }, watch] };
    case "played":
      return play(state, event.atMs);
    case "acknowledged":
      return end(event.isInterrupted);
    case "cancelled":
      return cancel();
    case "wait-over":
      // A pacer that went silent must not leave the agent speaking for ever; while it is held, or
      // has nothing left to play, its silence is no fault.
      if (state.phase === "held" || event.isStarved) return { state, effects: [watch] };
      return cancel();
    default:
      return { state, effects: [] };
  }
}

function stepCancelling(state: ReplyState, event: ReplyEvent): ReplyStep {
  switch (event.type) {
    case "acknowledged":
      return end(event.isInterrupted);
    case "wait-over":
      // The pacer tells how much was heard; if it does not, its last report has to do.
      return end(true);
    default:
      return { state, effects: [] };
  }
}

function begin(): ReplyStep {
  return {
    state: { phase: "playing", isHeard: false },
    effects: [{ type: "begin" }, watch, { type: "tell", change: "begun" }, { type: "send" }],
  };
}

/** There was nothing to say. */
function giveUp(): ReplyStep {
  return {
    state: { phase: "ended" },
    effects: [{ type: "stop" }, { type: "tell", change: "empty" }],
  };
}

function play(state: Begun, playoutStartedAtMs: number): ReplyStep {
  const first: ReplyEffect[] = state.isHeard
    ? []
    : [
        { type: "publish-timings", playoutStartedAtMs },
        { type: "tell", change: "heard" },
      ];
  return {
    state: { ...state, isHeard: true },
    effects: [watch, ...first, { type: "publish-heard" }],
  };
}

function cancel(): ReplyStep {
  return {
    state: { phase: "cancelling" },
    effects: [
      { type: "stop" },
      { type: "cancel" },
      { type: "wait", for: "cancelTimeoutMs" },
      { type: "tell", change: "cancelled" },
    ],
  };
}

function end(isInterrupted: boolean): ReplyStep {
  return {
    state: { phase: "ended" },
    // Also when all was made: its signal must not stay tied to the session's.
    effects: [{ type: "stop" }, { type: "end", isInterrupted }, { type: "tell", change: "ended" }],
  };
}
