import type { AudibleReply } from "./audible-reply";
import type { FloorRules } from "./floor-lines";
import type { FloorEffect, FloorState, FloorStep } from "./floor-state";
import type { Turn } from "./hearing/turn";
import { withoutTurn, withTurn } from "./open-turns";
import type { SessionSettings } from "./settings";

export type FloorSettings = Pick<
  SessionSettings,
  | "isSpeculating"
  | "interruptingSpeechMs"
  | "duckAfterSpeechMs"
  | "holdAfterSpeechMs"
  | "asideLimitMs"
  | "unclearLimitMs"
  | "backchannelLimitMs"
  | "wordlessLimitMs"
  | "lateCorrectionMs"
> &
  FloorRules;

/** Part of a step. */
export type Move = (state: FloorState, settings: FloorSettings) => FloorStep;

export function inOrder(...moves: readonly Move[]): Move {
  return (state, settings) => {
    const effects: FloorEffect[] = [];
    let present = state;
    for (const move of moves) {
      const step = move(present, settings);
      present = step.state;
      effects.push(...step.effects);
    }
    return { state: present, effects };
  };
}

export function stay(state: FloorState): FloorStep {
  return { state, effects: [] };
}

export function become(change: Partial<FloorState>): Move {
  return (state) => stay({ ...state, ...change });
}

export function keepOpen(turn: Turn): Move {
  return (state) => stay({ ...state, turns: withTurn(state.turns, turn) });
}

export function endTurn(turn: Turn): Move {
  return (state) => stay({ ...state, turns: withoutTurn(state.turns, turn) });
}

export function carryOut(...effects: FloorEffect[]): Move {
  return (state) => ({ state, effects });
}

/** Takes the floor back from a reply that is not heard yet, unless it was asked for. */
export const withhold: Move = (state) =>
  state.reply?.phase === "prepared" && state.question?.request === undefined
    ? { state, effects: [{ type: "withhold-reply" }] }
    : stay(state);

/** Drops a reply that nobody has heard of. */
export const withdraw: Move = (state) =>
  state.reply?.phase === "prepared"
    ? { state: { ...state, reply: null }, effects: [{ type: "withdraw-reply" }] }
    : stay(state);

/** Cuts off a reply that plays. */
export const cancel: Move = (state) =>
  state.reply?.phase === "playing"
    ? { state: { ...state, reply: { phase: "cancelling" } }, effects: [{ type: "cancel-reply" }] }
    : stay(state);

/** The reply that people hear, if they do. */
export function overReply(state: FloorState, audible: AudibleReply | null): AudibleReply | null {
  return state.reply?.phase === "playing" ? audible : null;
}
