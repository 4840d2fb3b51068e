import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import type { AudibleReply } from "./audible-reply";
import { idleFloor, type FloorEvent, type FloorState } from "./floor-state";
import type { Turn, TurnChange } from "./hearing/turn";
import { defaultSessionSettings as settings } from "./settings";
import { stepFloor } from "./step-floor";

const audible: AudibleReply = {
  recentText: "Once upon a time",
  isEndOfQuestion: false,
  playedMs: 5_000,
  names: ["Parley"],
};
const playing: FloorState = { ...idleFloor, reply: { phase: "playing", isHeard: true } };
const rest = "lived by the sea.";
const ids = { turnId: newId<TurnId>(), memberId: newId<MemberId>() };

function speaking(text: string): Turn {
  return { ...ids, startedAtMs: 0, text, speechMs: 200, phase: "speaking" };
}

function settled(text: string): Turn {
  return { ...speaking(text), phase: "settled", silentSinceMs: 1_000, confidence: null };
}

function turn(type: TurnChange["type"], changed: Turn, heard: AudibleReply | null = null) {
  return { type: "turn-changed" as const, change: { type, turn: changed }, audible: heard };
}

/** "Actually" cuts the reply off, and becomes other words when it settles. */
function cutBy(text: string): FloorState {
  const events: FloorEvent[] = [
    turn("words", speaking("actually"), audible),
    turn("settled", settled(text)),
    { type: "reply-changed", change: "ended", unheard: rest },
  ];
  return events.reduce((state, event) => stepFloor(state, event, settings).state, playing);
}

describe("a reply that was cut off for nothing", () => {
  it.each(["a lovely", "lovely", "mm-hmm"])("goes on: %s", (text) => {
    const { state, effects } = stepFloor(cutBy(text), turn("closed", settled(text)), settings);
    expect(effects).toContainEqual({
      type: "prepare-reply",
      pausing: [],
      fixedText: rest,
      request: null,
    });
    expect(state).toMatchObject({ question: { fixedText: rest }, cut: null });
  });

  it("goes on after what had no words in the end", () => {
    const { state } = stepFloor(cutBy(""), turn("dropped", settled("")), settings);
    expect(state.question).toMatchObject({ fixedText: rest });
  });

  it.each(["actually no", "what is that", "Parley"])("answers what was meant: %s", (text) => {
    const { state } = stepFloor(cutBy(text), turn("closed", settled(text)), settings);
    expect(state.question).toMatchObject({ fixedText: null });
  });
});
