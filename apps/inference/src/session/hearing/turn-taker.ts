import type { SessionSettings } from "../settings";

/** Where one member's turn stands. */
export type TurnState =
  | { phase: "idle" }
  | { phase: "speaking" }
  /** Silent since, ms by our clock; the words are null until they are settled. */
  | { phase: "paused"; silentSinceMs: number; text: string | null };

export type TurnEvent =
  | { type: "speech-started" }
  | { type: "speech-stopped"; silentSinceMs: number }
  | { type: "words-settled"; text: string }
  | { type: "end-estimated"; probability: number }
  | { type: "wait-over" };

export type TurnEffect =
  /** A new turn begins. */
  | { type: "open" }
  /** The member goes on after a pause: what was prepared for the pause is void. */
  | { type: "resume" }
  /** Settle the words on a copy. */
  | { type: "settle" }
  /** The words are known: prepare an answer, and ask whether the turn is over. */
  | { type: "pause" }
  /** Wait until this time by our clock; replaces an earlier wait. */
  | { type: "wait"; untilMs: number }
  /** The turn is over. */
  | { type: "close" }
  /** The turn is over and held no words. */
  | { type: "drop" };

export const idleTurn: TurnState = { phase: "idle" };

type WaitSettings = Pick<
  SessionSettings,
  "shortestWaitMs" | "longestWaitMs" | "sureProbability" | "unsureProbability"
>;

/** Decides when a member's turn begins and ends. Pure: time comes in with the events. */
export function takeTurn(
  state: TurnState,
  event: TurnEvent,
  settings: WaitSettings,
): { state: TurnState; effects: TurnEffect[] } {
  switch (event.type) {
    case "speech-started":
      if (state.phase === "speaking") return { state, effects: [] };
      return {
        state: { phase: "speaking" },
        effects: [{ type: state.phase === "idle" ? "open" : "resume" }],
      };
    case "speech-stopped":
      if (state.phase !== "speaking") return { state, effects: [] };
      return {
        state: { phase: "paused", silentSinceMs: event.silentSinceMs, text: null },
        effects: [{ type: "settle" }],
      };
    case "words-settled": {
      if (state.phase !== "paused") return { state, effects: [] };
      // The longest wait stands until the estimate is there, and if it never comes.
      const untilMs = state.silentSinceMs + settings.longestWaitMs;
      return {
        state: { ...state, text: event.text },
        effects: [{ type: "pause" }, { type: "wait", untilMs }],
      };
    }
    case "end-estimated": {
      if (state.phase !== "paused") return { state, effects: [] };
      const untilMs = state.silentSinceMs + silenceNeededMs(event.probability, settings);
      return { state, effects: [{ type: "wait", untilMs }] };
    }
    case "wait-over":
      if (state.phase !== "paused") return { state, effects: [] };
      return {
        state: idleTurn,
        effects: [{ type: (state.text ?? "") === "" ? "drop" : "close" }],
      };
  }
}

/** @returns the silence after which a turn that is over with this probability ends */
export function silenceNeededMs(probability: number, settings: WaitSettings): number {
  const { shortestWaitMs, longestWaitMs, sureProbability, unsureProbability } = settings;
  const doubt = (sureProbability - probability) / (sureProbability - unsureProbability);
  const bounded = Math.min(1, Math.max(0, doubt));
  return shortestWaitMs + bounded * (longestWaitMs - shortestWaitMs);
}
