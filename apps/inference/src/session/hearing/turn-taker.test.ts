import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { defaultSessionSettings as settings } from "../settings";
import { idleTurn, takeTurn, type TurnEffect, type TurnEvent, type TurnState } from "./turn-taker";

function run(events: readonly TurnEvent[]) {
  let state: TurnState = idleTurn;
  const effects = events.map((event) => {
    const next = takeTurn(state, event, settings);
    ({ state } = next);
    return next.effects.map(inShort);
  });
  return { state, effects };
}

/** An effect without the turn: what is told, when to wait until. */
function inShort(effect: TurnEffect): string | number {
  if (effect.type === "tell") return effect.change.type;
  return effect.type === "wait" ? effect.untilMs : effect.type;
}

const turnId = newId<TurnId>();
const memberId = newId<MemberId>();
const started: TurnEvent = { type: "speech-started", turnId, memberId, startedAtMs: 500 };
const stopped: TurnEvent = { type: "speech-stopped", silentSinceMs: 1_000 };
const startedAgain: TurnEvent = { ...started, turnId: newId<TurnId>(), startedAtMs: 1_500 };

function settledAs(text: string): TurnEvent {
  return { type: "words-settled", text, confidence: 0.8 };
}

const spoken: TurnEvent[] = [started, stopped, settledAs("hello")];

describe("takeTurn", () => {
  it("opens, settles, pauses, waits by the estimate, and closes", () => {
    const { state, effects } = run([
      ...spoken,
      { type: "end-estimated", waitMs: 250 },
      { type: "wait-over" },
    ]);
    expect(effects).toEqual([
      ["opened"],
      ["paused", "settle"],
      ["estimate", "settled", 3_500],
      [1_250],
      ["start-anew", "closed"],
    ]);
    expect(state).toBe(idleTurn);
  });

  it("resumes when the member goes on, and then forgets the pause", () => {
    const { state, effects } = run([...spoken, startedAgain, { type: "wait-over" }]);
    expect(effects.slice(3)).toEqual([["resumed"], []]);
    const turn = { turnId, memberId, startedAtMs: 500, text: "hello", speechMs: 0 };
    expect(state).toEqual({ ...turn, phase: "speaking" });
  });

  it("stays open after a nudge, and is nudged for good", () => {
    const nudged: TurnEvent[] = [...spoken, { type: "nudge-due", untilMs: 7_500 }];
    expect(run(nudged).effects.at(-1)).toEqual(["nudged", 7_500]);
    const { state } = run([...nudged, startedAgain]);
    expect(state).toMatchObject({ turnId, phase: "speaking", text: "hello", isNudged: true });
    expect(run([...nudged, { type: "wait-over" }]).effects.at(-1)).toEqual([
      "start-anew",
      "closed",
    ]);
  });

  it("knows what the recogniser took for a listening sound, until more words come", () => {
    const words: TurnEvent = { type: "words-heard", text: "my" };
    const { state } = run([started, words, { type: "listening-heard" }]);
    expect(state).toMatchObject({ text: "my", isHeardListening: true });
    const more = run([started, words, { type: "listening-heard" }, { ...words, text: "my coat" }]);
    expect(more.state).toMatchObject({ text: "my coat", isHeardListening: false });
  });

  it("drops a turn without words, and asks nobody whether it is over", () => {
    const events: TurnEvent[] = [started, stopped, settledAs("")];
    expect(run([...events, { type: "wait-over" }]).effects.slice(2)).toEqual([
      ["settled", 1_800],
      ["start-anew", "dropped"],
    ]);
  });

  it("tells a turn as it stands after each change, and changes no turn that it told", () => {
    const events: TurnEvent[] = [
      started,
      { type: "speech-continued", speechMs: 96 },
      { type: "words-heard", text: "hell" },
      stopped,
      { type: "words-heard", text: "hello", areWordsComing: true },
      settledAs("Hello."),
    ];
    let state: TurnState = idleTurn;
    const told = events.flatMap((event) => {
      const next = takeTurn(state, event, settings);
      ({ state } = next);
      return next.effects.flatMap((effect) => (effect.type === "tell" ? [effect.change] : []));
    });
    expect(told.map(({ type, turn }) => [type, turn.phase, turn.text, turn.speechMs])).toEqual([
      ["opened", "speaking", "", 0],
      ["continued", "speaking", "", 96],
      ["words", "speaking", "hell", 96],
      ["paused", "paused", "hell", 96],
      ["words", "paused", "hello", 96],
      ["settled", "settled", "Hello.", 96],
    ]);
    expect(state).toBe(told.at(-1)?.turn);
  });

  it("takes no words of earlier audio once they are settled", () => {
    const { state, effects } = run([...spoken, { type: "words-heard", text: "hell" }]);
    expect(effects.at(-1)).toEqual([]);
    expect(state).toMatchObject({ phase: "settled", text: "hello", confidence: 0.8 });
  });

  it.each<TurnEvent>([
    { type: "speech-continued", speechMs: 96 },
    { type: "words-heard", text: "late" },
    { type: "speech-stopped", silentSinceMs: 0 },
    settledAs("late"),
    { type: "end-estimated", waitMs: 250 },
    { type: "wait-over" },
    { type: "nudge-due", untilMs: 0 },
    { type: "listening-heard" },
  ])("ignores what comes at the wrong time: $type", (event) => {
    expect(run([event])).toEqual({ state: idleTurn, effects: [[]] });
  });
});
