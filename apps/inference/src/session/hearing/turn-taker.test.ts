import { describe, expect, it } from "vitest";
import { defaultSessionSettings as settings } from "../settings";
import { idleTurn, silenceNeededMs, takeTurn, type TurnEvent, type TurnState } from "./turn-taker";

function run(events: readonly TurnEvent[]) {
  let state: TurnState = idleTurn;
  const effects = events.map((event) => {
    const next = takeTurn(state, event, settings);
    ({ state } = next);
    return next.effects;
  });
  return { state, effects };
}

const spoken: TurnEvent[] = [
  { type: "speech-started" },
  { type: "speech-stopped", silentSinceMs: 1_000 },
  { type: "words-settled", text: "hello" },
];

describe("takeTurn", () => {
  it("opens, settles, pauses, waits by the estimate, and closes", () => {
    const { state, effects } = run([
      ...spoken,
      { type: "end-estimated", probability: 1 },
      { type: "wait-over" },
    ]);
    expect(effects).toEqual([
      [{ type: "open" }],
      [{ type: "settle" }],
      [{ type: "pause" }, { type: "wait", untilMs: 2_200 }],
      [{ type: "wait", untilMs: 1_200 }],
      [{ type: "close" }],
    ]);
    expect(state).toBe(idleTurn);
  });

  it("resumes when the member goes on, and then forgets the pause", () => {
    const { state, effects } = run([...spoken, { type: "speech-started" }, { type: "wait-over" }]);
    expect(effects.slice(3)).toEqual([[{ type: "resume" }], []]);
    expect(state).toEqual({ phase: "speaking" });
  });

  it("drops a turn without words", () => {
    const events: TurnEvent[] = [...spoken.slice(0, 2), { type: "words-settled", text: "" }];
    expect(run([...events, { type: "wait-over" }]).effects.at(-1)).toEqual([{ type: "drop" }]);
  });

  it.each<TurnEvent>([
    { type: "speech-stopped", silentSinceMs: 0 },
    { type: "words-settled", text: "late" },
    { type: "end-estimated", probability: 1 },
    { type: "wait-over" },
  ])("ignores what comes at the wrong time: $type", (event) => {
    expect(run([event])).toEqual({ state: idleTurn, effects: [[]] });
  });
});

describe("silenceNeededMs", () => {
  it.each([
    [1, 200],
    [0.85, 200],
    [0.5, 700],
    [0.15, 1_200],
    [0, 1_200],
  ])("probability %d: %d ms", (probability, ms) => {
    expect(silenceNeededMs(probability, settings)).toBeCloseTo(ms);
  });
});
