import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
import type { SessionSettings } from "../settings";
import type { Turn, TurnChange } from "./turn";

/** Turn of one member, if there is one. */
export type TurnState = { readonly phase: "idle" } | Turn;

export type TurnEvent =
  /** The id serves if a new turn begins. */
  | { type: "speech-started"; turnId: TurnId; memberId: MemberId; startedAtMs: number }
  | { type: "speech-continued"; speechMs: number; levelDb?: number }
  /** The words so far, as the recogniser hears them. */
  | { type: "words-heard"; text: string; areWordsComing?: boolean }
  /** What one look ahead of the recogniser's stream found. */
  | { type: "words-guessed"; text: string }
  | { type: "speech-stopped"; silentSinceMs: number }
  | { type: "words-settled"; text: string; confidence: number | null }
  /** Silence after which the turn is over, ms. */
  | { type: "end-estimated"; waitMs: number }
  | { type: "wait-over" }
  /** The recogniser took the words so far for a listening sound. */
  | { type: "listening-heard" }
  /** The words lack their end: the agent asks for it, and waits until then by our clock. */
  | { type: "nudge-due"; untilMs: number }
  /** The turn in hand goes on with an earlier one, which was closed too soon. */
  | { type: "reopened"; earlier: Turn };

export type TurnEffect =
  /** Settle the words on a copy. */
  | { type: "settle" }
  /** Estimate whether the turn is over. */
  | { type: "estimate"; text: string }
  /** Wait until this time by our clock; replaces an earlier wait. */
  | { type: "wait"; untilMs: number }
  /** Begin a new turn: later words belong to it. */
  | { type: "start-anew" }
  /** Tell the floor. */
  | { type: "tell"; change: TurnChange };

export type TurnStep = { state: TurnState; effects: TurnEffect[] };

export const idleTurn: TurnState = { phase: "idle" };

type WaitSettings = Pick<SessionSettings, "statementWaitMs" | "longestWaitMs">;

/** Decides when a member's turn begins and ends. Pure: time comes in with the events. */
export function takeTurn(state: TurnState, event: TurnEvent, settings: WaitSettings): TurnStep {
  switch (event.type) {
    case "speech-started": {
      if (state.phase === "speaking") return { state, effects: [] };
      const { turnId, memberId, startedAtMs } = state.phase === "idle" ? event : state;
      const words = state.phase === "idle" ? { text: "" } : wordsOf(state);
      const turn: Turn = {
        turnId,
        memberId,
        startedAtMs,
        ...words,
        speechMs: 0,
        phase: "speaking" as const,
      };
      return changed(turn, state.phase === "idle" ? "opened" : "resumed");
    }
    case "speech-continued":
      if (state.phase !== "speaking") return { state, effects: [] };
      return changed({ ...state, ...levelOf(event), speechMs: event.speechMs }, "continued");
    case "words-heard":
      // Once settled, an answer to earlier audio is late.
      if (state.phase !== "speaking" && state.phase !== "paused") return { state, effects: [] };
      return changed(
        {
          ...state,
          text: wholeText(state, event.text),
          areWordsComing: event.areWordsComing ?? false,
          isHeardListening: false,
        },
        "words",
      );
    case "words-guessed":
      if (state.phase !== "speaking") return { state, effects: [] };
      return changed({ ...state, guess: wholeText(state, event.text) }, "continued");
    case "listening-heard":
      if (state.phase === "idle") return { state, effects: [] };
      return changed({ ...state, isHeardListening: true }, "words");
    case "speech-stopped": {
      if (state.phase !== "speaking") return { state, effects: [] };
      const { silentSinceMs } = event;
      return changed({ ...state, phase: "paused", silentSinceMs }, "paused", { type: "settle" });
    }
    case "words-settled": {
      if (state.phase !== "paused") return { state, effects: [] };
      const { confidence } = event;
      const text = wholeText(state, event.text);
      const turn: Turn = { ...state, phase: "settled", text, confidence };
      const estimate: TurnEffect[] = text === "" ? [] : [{ type: "estimate", text }];
      // The longest wait stands until the estimate is there, and if it never comes.
      const waitMs = text === "" ? settings.statementWaitMs : settings.longestWaitMs;
      const untilMs = state.silentSinceMs + waitMs;
      const tell: TurnEffect = { type: "tell", change: { type: "settled", turn } };
      return { state: turn, effects: [...estimate, tell, { type: "wait", untilMs }] };
    }
    case "end-estimated": {
      if (state.phase !== "settled") return { state, effects: [] };
      const untilMs = state.silentSinceMs + event.waitMs;
      return { state, effects: [{ type: "wait", untilMs }] };
    }
    case "nudge-due": {
      if (state.phase !== "settled") return { state, effects: [] };
      const { untilMs } = event;
      return changed({ ...state, isNudged: true }, "nudged", { type: "wait", untilMs });
    }
    case "wait-over": {
      if (state.phase !== "settled") return { state, effects: [] };
      const type = state.text === "" ? "dropped" : "closed";
      const tell: TurnEffect = { type: "tell", change: { type, turn: state } };
      return { state: idleTurn, effects: [{ type: "start-anew" }, tell] };
    }
    case "reopened": {
      if (state.phase === "idle") return { state, effects: [] };
      const { turnId, startedAtMs, text: earlierText } = event.earlier;
      const text = wholeText({ earlierText }, state.text);
      return changed({ ...state, turnId, startedAtMs, earlierText, text }, "words");
    }
  }
}

/** @param text as the recogniser hears it: it knows nothing of the part before */
function wholeText({ earlierText = "" }: Pick<Turn, "earlierText">, text: string): string {
  return earlierText === "" || text === "" ? earlierText + text : `${earlierText} ${text}`;
}

function wordsOf({ text, earlierText, isNudged }: Turn) {
  return {
    text,
    ...(earlierText === undefined ? {} : { earlierText }),
    ...(isNudged === undefined ? {} : { isNudged }),
  };
}

function levelOf({ levelDb }: { levelDb?: number }): Pick<Turn, "levelDb"> {
  return levelDb === undefined ? {} : { levelDb };
}

function changed(turn: Turn, type: TurnChange["type"], ...effects: TurnEffect[]): TurnStep {
  return { state: turn, effects: [{ type: "tell", change: { type, turn } }, ...effects] };
}
